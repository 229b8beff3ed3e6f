from facelock.ui.enrolment.steps import Step, Steps


def test_a_step_that_is_not_complete_holds_one_back() -> None:
    assert Steps().next() == Steps()
    assert Steps().mark(Step.CONSENT, complete=True).next().at is Step.PERSON


def test_the_second_appearance_is_optional() -> None:
    assert Steps(at=Step.APPEARANCE).next().at is Step.RESULT


def test_a_new_capture_makes_its_result_worthless() -> None:
    done = frozenset({Step.CONSENT, Step.PERSON, Step.CAPTURE, Step.RESULT, Step.TRY_OUT})
    steps = Steps(at=Step.CAPTURE, complete=done).mark(Step.CAPTURE, complete=False)
    assert steps.complete == {Step.CONSENT, Step.PERSON}


def test_the_end_is_reached_only_by_saving() -> None:
    steps = Steps(at=Step.TRY_OUT, complete=frozenset(Step))
    assert steps.next().at is Step.TRY_OUT
    assert steps.after_saving().at is Step.RECOVERY


def test_the_recovery_key_is_kept_before_the_end() -> None:
    steps = Steps(at=Step.TRY_OUT).after_saving()
    assert steps.next() == steps
    assert steps.mark(Step.RECOVERY, complete=True).next().at is Step.DONE


def test_there_is_no_way_back_after_saving() -> None:
    steps = Steps(at=Step.TRY_OUT).after_saving()
    assert steps.back() == steps
    assert steps.jump_back(Step.PERSON) == steps


def test_one_jumps_only_to_earlier_steps() -> None:
    steps = Steps(at=Step.CAPTURE)
    assert steps.jump_back(Step.PERSON).at is Step.PERSON
    assert steps.jump_back(Step.RESULT) == steps
    assert Steps().back() == Steps()


def test_every_step_knows_its_place() -> None:
    assert Steps().position == (1, 9)
    assert Steps(at=Step.DONE).position == (9, 9)
