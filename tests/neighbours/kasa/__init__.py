"""Smart plugs by TP-Link Kasa: a KP125M that speaks SMART over KLAP v2, and an old HS110 that speaks IOT over XOR."""
