"""What members can see of each other: the published list of joint facts, to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.domain.joint_facts import JointFact
from practice.web.portal import bp


@bp.route("/who-sees-what")
def joint_facts() -> ResponseReturnValue:
    return render_template("portal/each_other.html", facts=list(JointFact))
