"""Puts our home page in the place of Wagtail's welcome page, with its first words in both languages."""

import json
from pathlib import Path
from uuid import uuid4

from django.db import migrations

WORDS = Path(__file__).resolve().parents[1] / "data" / "home-2026.json"
STREAMS = ("calls", "gates", "teaser_points", "levels")


def open_front_door(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("pages", "HomePage")

    root = Page.objects.get(depth=1)
    welcome = Page.objects.filter(depth=2, content_type__model="page").first()
    path = welcome.path if welcome else f"{root.path}{root.numchild + 1:04d}"
    content_type, _made = ContentType.objects.get_or_create(app_label="pages", model="homepage")
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    for name in STREAMS:
        words[name] = json.dumps([{**block, "id": str(uuid4())} for block in words[name]])

    Site.objects.filter(root_page=welcome).delete()
    if welcome:
        welcome.delete()
    else:
        Page.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    home = HomePage.objects.create(
        **words,
        draft_title=words["title"],
        slug="home",
        url_path="/home/",
        path=path,
        depth=2,
        numchild=0,
        live=True,
        content_type=content_type,
        locale=Locale.objects.get(language_code="zh-hans"),
    )
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="技桥")


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(open_front_door, migrations.RunPython.noop)]
