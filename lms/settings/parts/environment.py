"""What the operator decides: every environment variable of the outside contract, read once."""

from pathlib import Path

import environ

env = environ.Env()

REPO_DIR = Path(__file__).resolve().parents[3]
BUILD_DIR = REPO_DIR / "build"

JIQIAO_DATA_DIR = Path(env.str("JIQIAO_DATA_DIR", default="") or REPO_DIR / "var").resolve()
JIQIAO_KEY_DIR = Path(env.str("JIQIAO_KEY_DIR", default="") or JIQIAO_DATA_DIR / "keys").resolve()
JIQIAO_BASE_URL = env.str("JIQIAO_BASE_URL", default="").rstrip("/") or "http://localhost:8000"
JIQIAO_DEMO = env.bool("JIQIAO_DEMO", default=False)
REDIS_URL = env.str("REDIS_URL", default="")
