"""The law book: rules of the trade as data, with source, place and day, pinned by the hash of their content."""

NOT_ADVICE = ("仅供教学，不构成法律意见。", "For teaching; not legal advice.")
