"""What a text in one language must not contain."""

import re

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Words of two letters and more that a Chinese text may carry: names, numbers of certificates, addresses.
WORD = re.compile(r"[A-Za-z]{2,}")
LEFT_OVER = re.compile(r"%\(|%s|\{\{|\{%|\}\}|%\}|\{\w+\}")


def chinese_in(text: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """Chinese characters left when the names are taken out."""
    for name in names:
        text = text.replace(name, "")
    return CHINESE.findall(text)


def english_in(text: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """English words left when names and addresses are taken out."""
    text = re.sub(r"https?://\S+|\S+@\S+", "", text)
    for name in names:
        text = text.replace(name, "")
    return WORD.findall(text)
