import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the reports read, and the exports of them."""

    dependencies = [
        ('inquiries', '0007_indexes_of_lists'),
        ('routing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTime',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='inquiries.message')),
                ('answered_on', models.DateField()),
                ('is_first', models.BooleanField()),
                ('seconds', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='DailyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=16)),
                ('day', models.DateField()),
                ('channel', models.CharField(max_length=32)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('count', models.PositiveIntegerField()),
                ('total', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Dwell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seconds', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='FiguresDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('marked_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FiguresState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('refreshed_at', models.DateTimeField(null=True, verbose_name='As of')),
                ('changed_days', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='InquiryMeasures',
            fields=[
                ('inquiry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='measures', serialize=False, to='inquiries.inquiry')),
                ('version', models.PositiveIntegerField()),
                ('measured_at', models.DateTimeField()),
                ('runs', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('opened_on', models.DateField()),
                ('channel', models.CharField(max_length=32)),
                ('status', models.CharField(choices=[('open', 'Open'), ('in_treatment', 'In treatment'), ('open_team', 'Open, with a team'), ('info_arrived', 'Information arrived from the customer'), ('forwarded', 'Forwarded for further treatment'), ('waiting_customer', 'Waiting for the customer'), ('closed_success', 'Closed - treated successfully'), ('closed_no_treatment', 'Closed - without treatment'), ('closed_by_customer', 'Closed - cancelled by the customer'), ('closed_by_representative', 'Closed - cancelled by the representative'), ('closed_by_system', 'Closed by the system')], max_length=32)),
                ('customer_kind', models.CharField(blank=True, max_length=16)),
                ('inquirer', models.CharField(choices=[('customer', 'The customer'), ('representative', "A representative, in the customer's name"), ('own_name', 'A representative, in his own name'), ('unidentified', 'Without identification')], max_length=16)),
                ('file_type', models.CharField(blank=True, max_length=8)),
                ('customer_messages', models.PositiveIntegerField()),
                ('net_seconds', models.PositiveBigIntegerField()),
                ('target_hours', models.PositiveIntegerField(null=True)),
                ('indicator', models.CharField(blank=True, choices=[('within', 'Within the target'), ('near', 'Near the target'), ('over', 'Past the target')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='ReportExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('report', models.CharField(max_length=8, verbose_name='Report')),
                ('question', models.JSONField()),
                ('format', models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel')], max_length=8, verbose_name='Format')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a worker'), ('writing', 'Being written'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=12)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('beat_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('file', models.CharField(blank=True, max_length=120)),
                ('size', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'Export',
                'verbose_name_plural': 'Exports',
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='answertime',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inquiries.inquiry'),
        ),
        migrations.AddField(
            model_name='answertime',
            name='team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.team'),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.team'),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='triplet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.triplet'),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.businessunit'),
        ),
        migrations.AddField(
            model_name='dwell',
            name='employee',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dwell',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inquiries.inquiry'),
        ),
        migrations.AddField(
            model_name='dwell',
            name='team',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.team'),
        ),
        migrations.AddConstraint(
            model_name='figuresstate',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='figures_have_one_state'),
        ),
        migrations.AddField(
            model_name='inquirymeasures',
            name='team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.team'),
        ),
        migrations.AddField(
            model_name='inquirymeasures',
            name='triplet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.triplet'),
        ),
        migrations.AddField(
            model_name='inquirymeasures',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='routing.businessunit'),
        ),
        migrations.AddField(
            model_name='reportexport',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='answertime',
            index=models.Index(fields=['answered_on'], name='answer_time_day'),
        ),
        migrations.AddIndex(
            model_name='dailyfigure',
            index=models.Index(fields=['day'], name='figure_of_day'),
        ),
        migrations.AddConstraint(
            model_name='dailyfigure',
            constraint=models.UniqueConstraint(fields=('figure', 'day', 'unit', 'team', 'triplet', 'channel', 'key'), name='figure_once_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='dwell',
            constraint=models.UniqueConstraint(fields=('inquiry', 'team', 'employee'), name='dwell_once_a_holder', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='inquirymeasures',
            index=models.Index(fields=['opened_on'], name='measures_opened'),
        ),
        migrations.AddIndex(
            model_name='inquirymeasures',
            index=models.Index(condition=models.Q(('indicator', 'over')), fields=['opened_at', 'inquiry'], name='measures_over'),
        ),
        migrations.AddIndex(
            model_name='reportexport',
            index=models.Index(fields=['asked_by', '-asked_at'], name='export_of_employee'),
        ),
        migrations.AddIndex(
            model_name='reportexport',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'writing'])), fields=['asked_at'], name='export_to_write'),
        ),
        migrations.AddConstraint(
            model_name='reportexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='export_is_ready_with_a_file'),
        ),
    ]
