from django.db import migrations

from lms.kernel.append_only import ForbidChanges

DECISION_KEPT = ("person_id", "organisation_id", "level", "scheme_version_id", "cycle", "outcome", "evidence", "evidence_hash", "prepared_by_id", "prepared_at")
CERTIFICATE_KEPT = ("uid", "serial", "check_code", "decision_id", "person_id", "organisation_id", "level", "cycle", "payload", "credential", "status_list_id", "status_index", "issued_on", "valid_until")


def _kept(columns):
    return " AND ".join(f"OLD.{column} = NEW.{column}" for column in columns)


class Migration(migrations.Migration):
    """History is added to: what was decided, printed, signed and done stays as it was."""

    dependencies = [("certificates", "0001_initial")]

    operations = [
        ForbidChanges("certificates_decision", unless=f"OLD.state = 'prepared' AND {_kept(DECISION_KEPT)}"),
        ForbidChanges("certificates_certificate", unless=_kept(CERTIFICATE_KEPT)),
        ForbidChanges("certificates_certificateevent"),
        ForbidChanges("certificates_publication"),
        ForbidChanges("certificates_verificationlog"),
    ]
