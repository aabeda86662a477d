"""The shape of the repository: rules.ALL, kept by the tree and each shown to catch what it forbids."""
