from django.db import migrations, models

from lms.kernel.append_only import ForbidChanges

# From review on, the words of a question stand; only its state goes on.
WORDS = ("question_id", "no", "level", "module", "topic", "competency", "difficulty", "body", "content_hash", "author")
STATE_ALONE = " AND ".join(f"NEW.{column} = OLD.{column}" for column in WORDS)
# What was prepared stands; deciding and being written is what may still happen to it.
PREPARED = ("exam_id", "kind", "proposal", "reason", "prepared_by", "prepared_at")
PREPARED_ALONE = " AND ".join(f"NEW.{column} = OLD.{column}" for column in PREPARED)


class Migration(migrations.Migration):
    dependencies = [("exams", "0003_retire_older_versions")]

    operations = [
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("question",),
                name="exams_question_one_published",
                violation_error_message="A question has one published version at a time; older ones are retired.",
            ),
        ),
        ForbidChanges("exams_questionversion", unless=f"OLD.state = 'draft' OR ({STATE_ALONE})"),
        ForbidChanges("exams_answerkey"),
        ForbidChanges("exams_paper"),
        ForbidChanges("exams_attemptstep"),
        ForbidChanges("exams_result"),
        ForbidChanges("exams_versionevent"),
        ForbidChanges("exams_caseversion"),
        ForbidChanges("exams_lawwording"),
        ForbidChanges("exams_cutscore"),
        ForbidChanges("exams_itemexclusion"),
        ForbidChanges("exams_regradeline"),
        ForbidChanges("exams_regrade", unless=f"OLD.state IN ('prepared', 'approved') AND {PREPARED_ALONE}"),
        ForbidChanges("exams_appeal", unless="OLD.state = 'filed' AND NEW.grounds = OLD.grounds"),
    ]
