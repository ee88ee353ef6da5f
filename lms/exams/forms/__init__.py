from .room import CHECK, PageForm

__all__ = ["CHECK", "PageForm"]
