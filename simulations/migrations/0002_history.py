from django.db import migrations

from lms.kernel.append_only import ForbidChanges

_VERSION_MAY = """OLD.state = 'draft' OR (
    OLD.state = 'approved' AND NEW.state = 'retired' AND NEW.code = OLD.code AND NEW.version = OLD.version
    AND NEW.title = OLD.title AND NEW.title_en = OLD.title_en AND NEW.level = OLD.level
    AND NEW.content_hash = OLD.content_hash AND NEW.source = OLD.source AND NEW.truths = OLD.truths
    AND NEW.created_at = OLD.created_at)"""
_ATTEMPT_MAY = """OLD.state = 'open' AND NEW.uid = OLD.uid AND NEW.person_id = OLD.person_id
    AND NEW.organisation_id = OLD.organisation_id AND NEW.scenario_version_id = OLD.scenario_version_id
    AND NEW.variant_seed = OLD.variant_seed AND NEW.seed = OLD.seed AND NEW.counted = OLD.counted
    AND NEW.engine_version = OLD.engine_version AND NEW.started_at = OLD.started_at"""


class Migration(migrations.Migration):
    """What was played is never rewritten, and an approved scenario stays as it was approved."""

    dependencies = [("simulations", "0001_initial")]

    operations = [
        ForbidChanges("simulations_scenarioversion", unless=_VERSION_MAY),
        ForbidChanges("simulations_attempt", unless=_ATTEMPT_MAY),
        ForbidChanges("simulations_attemptcommand"),
        ForbidChanges("simulations_attemptevent"),
        ForbidChanges("simulations_scorerun"),
    ]
