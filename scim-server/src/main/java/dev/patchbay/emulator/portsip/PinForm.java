package dev.patchbay.emulator.portsip;

/** The voicemail PIN: 6 to 10 digits without runs such as 111 or 123. */
final class PinForm {
  private static final Form PIN =
      Form.matching("must be 6 to 10 digits", "[0-9]{6,10}")
          .and(Form.rule("must not repeat a digit 3 times", pin -> !Runs.repeats(pin.textValue())))
          .and(
              Form.rule("must not hold 3 ascending digits", pin -> !Runs.ascends(pin.textValue())));

  private static final Form STRICT =
      PIN.and(
          Form.rule("must not hold 3 descending digits", pin -> !Runs.descends(pin.textValue())));

  private PinForm() {}

  static Form of(Undocumented undocumented) {
    return undocumented.is(Otherwise.NO_DESCENDING_PINS) ? STRICT : PIN;
  }
}
