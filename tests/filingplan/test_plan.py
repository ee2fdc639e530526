from eakte.filingplan.interfaces import IFilingPlan
from eakte.filingplan.plan import apply_filing_plan
from eakte.filingplan.plan import FilingPlanWrong
from eakte.testing import OFFICE
from zope.component import getUtility

import pytest


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "filingplan.yaml"
    path.write_text((OFFICE / "filingplan.yaml").read_text("utf-8"), "utf-8")
    return path


def test_units_belong_to_a_department_and_carry_their_rule(portal):
    plan = getUtility(IFilingPlan)
    assert [unit.id for unit in plan.units("amt-a")] == ["10.1", "10.2"]
    assert plan.unit("10.2").retention == 5
    assert plan.unit("99.9") is None


def test_applying_again_changes_nothing(portal):
    before = getUtility(IFilingPlan).all_units
    apply_filing_plan(OFFICE / "filingplan.yaml")
    assert getUtility(IFilingPlan).all_units is before


def test_a_change_in_the_file_changes_the_plan(portal, plan_file):
    plan_file.write_text(
        plan_file.read_text("utf-8").replace("retention: 5", "retention: 6")
    )
    apply_filing_plan(plan_file)
    assert getUtility(IFilingPlan).unit("10.2").retention == 6


def test_a_plan_number_stands_there_once(portal, plan_file):
    plan_file.write_text(plan_file.read_text("utf-8").replace('"10.2"', '"10.1"'))
    with pytest.raises(FilingPlanWrong):
        apply_filing_plan(plan_file)
    assert getUtility(IFilingPlan).unit("10.2") is not None
