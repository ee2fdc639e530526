"""A step of the workflow, for every type of ours."""

from eakte import _
from eakte.errors import NotAllowed
from eakte.errors import WrongState
from eakte.rest.body import RequestWrong
from eakte.rest.body import texts_of_body
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound


@implementer(IPublishTraverse)
class WorkflowPost(Service):
    """Take the step that the address names: ``@workflow/<step>``.

    plone.restapi's own service returns its errors, which commits what was
    done until then, and goes into the children. This one raises and does not.
    """

    step = None

    def publishTraverse(self, request, name):
        if self.step is not None:
            raise NotFound(self, name, request)
        self.step = name
        return self

    def reply(self):
        comment = texts_of_body(self.request, possible=["comment"]).get("comment", "")
        alsoProvides(self.request, IDisableCSRFProtection)
        tool = api.portal.get_tool("portal_workflow")
        refuse_if_impossible(self.context, self.step)
        api.content.transition(self.context, transition=self.step, comment=comment)
        (workflow,) = tool.getWorkflowsFor(self.context)
        status = tool.getStatusOf(workflow.id, self.context)
        title = tool.getTitleForStateOnType(
            status["review_state"], self.context.portal_type
        )
        return {**json_compatible(status), "title": self.context.translate(title)}


def refuse_if_impossible(content, step):
    """Raise unless the user may take the step now.

    :raises RequestWrong: there is no such step.
    :raises NotAllowed: the user lacks the right.
    :raises WrongState: the step does not start in the content's state.
    """
    tool = api.portal.get_tool("portal_workflow")
    (workflow,) = tool.getWorkflowsFor(content)
    if step not in workflow.transitions:
        raise RequestWrong(
            _("There is no step “${name}”.", mapping={"name": step or ""})
        )
    if step in {each["id"] for each in tool.getTransitionsFor(content)}:
        return
    state = api.content.get_state(content)
    if step in workflow.states[state].transitions:
        raise NotAllowed(_("You do not have the right for this step."))
    raise WrongState(
        _(
            "This step is not possible in the state “${state}”.",
            mapping={"state": state},
        )
    )
