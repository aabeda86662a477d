"""Speech, sentences and scores of `script/bench stt`."""
