"""The enrolment wizard: one file per step, and the order of the steps without Qt."""
