package dev.patchbay.pbx.xelion;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer to what the vendor leaves open. */
@ParameterizedClass(name = "{0}")
@MethodSource("singles")
class XelionSwitchesTest extends XelionSwitches {}
