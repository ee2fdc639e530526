"""Fields that come in: what may not be written is refused, not left out."""

from eakte import _
from eakte.errors import NotAllowed
from eakte.rest.body import object_of_body
from eakte.rest.body import RequestWrong
from plone.autoform.interfaces import WRITE_PERMISSIONS_KEY
from plone.dexterity.utils import iterSchemata
from plone.restapi.deserializer.dxcontent import DeserializeFromJson
from plone.restapi.interfaces import IFieldDeserializer
from plone.supermodel.utils import mergedTaggedValueDict
from z3c.form.interfaces import IDataManager
from zope.component import getMultiAdapter
from zope.i18n import translate
from zope.schema import getFields
from zope.schema.interfaces import ValidationError


class StrictDeserializer(DeserializeFromJson):
    """Takes the fields that may be written and refuses the others by name.

    plone.restapi leaves them out silently; a client would believe that its
    team was set. Sending back what GET answered is fine.
    """

    given_at_creation = frozenset()
    """Fields that whoever may create the content may give then, and only then."""
    creating = False

    def __call__(self, validate_all=False, data=None, create=False, **options):
        if data is None:
            data = object_of_body(self.request)
        self.creating = create
        reasons = [
            _(
                "“${field}” cannot be changed here.",
                mapping={"field": translate(field.title, context=self.request)},
            )
            for name, field, permission in self._fields()
            if name in data
            and not self._may_write(name, field, permission)
            and not self._unchanged(field, data[name])
        ]
        if reasons:
            raise NotAllowed(reasons)
        return super().__call__(validate_all, data=data, create=create, **options)

    def check_permission(self, permission_name):
        """Whether the field may be written; was asked by name before."""
        return self.creating or super().check_permission(permission_name)

    def _fields(self):
        for schema in iterSchemata(self.context):
            permissions = mergedTaggedValueDict(schema, WRITE_PERMISSIONS_KEY)
            for name, field in getFields(schema).items():
                yield name, field, permissions.get(name)

    def _may_write(self, name, field, permission):
        if field.readonly:
            return False
        if name in self.given_at_creation:
            return self.creating or self._is_empty(field)
        return super().check_permission(permission)

    def _is_empty(self, field):
        return getMultiAdapter((self.context, field), IDataManager).get() is None

    def _unchanged(self, field, value):
        present = getMultiAdapter((self.context, field), IDataManager).query()
        if value is None or present is None:
            return value == present
        try:
            return value_from_json(field, value, self.context, self.request) == present
        except RequestWrong:
            return False


def values_from_json(schema, data, context, request):
    """Return the values of a schema's fields that the data name.

    :raises RequestWrong: a name is no field to write, or a value is wrong;
        with every mistake.
    """
    fields = {n: f for n, f in getFields(schema).items() if not f.readonly}
    values, reasons = {}, []
    for name, value in data.items():
        if name not in fields:
            reasons.append(_("“${name}” is not known here.", mapping={"name": name}))
            continue
        try:
            values[name] = value_from_json(fields[name], value, context, request)
        except RequestWrong as error:
            reasons += error.reasons
    if reasons:
        raise RequestWrong(reasons)
    return values


def value_from_json(field, value, context, request):
    """Return the field's value that stands for the JSON value.

    :raises RequestWrong: the field does not take it.
    """
    if value is None and not field.required:
        return field.missing_value
    field = field.bind(context)
    try:
        result = getMultiAdapter((field, context, request), IFieldDeserializer)(value)
        field.validate(result)
    except ValidationError as error:
        raise _wrong(field, error.doc(), request) from None
    except (ValueError, TypeError, AttributeError):
        raise _wrong(field, _("is not understood"), request) from None
    return result


def _wrong(field, problem, request):
    return RequestWrong(
        _(
            "${field}: ${problem}",
            mapping={
                "field": translate(field.title, context=request),
                "problem": translate(problem, context=request),
            },
        )
    )
