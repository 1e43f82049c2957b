from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from voc.core.clock import now
from voc.core.ids import new_id
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('voc', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Upload',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('invitation', fields.ForeignKeyField('voc.Invitation', source_field='invitation_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('question', fields.CharField(max_length=64)),
                ('name', fields.CharField(description='what its sender called it', max_length=200)),
                ('media_type', fields.CharField(description='what its content says it is', max_length=100)),
                ('size', fields.IntField(description='in bytes')),
                ('sent_at', fields.DatetimeField(default=now, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'upload', 'app': 'voc', 'indexes': [Index(fields=['invitation_id']), Index(fields=['sent_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
