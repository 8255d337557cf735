package dev.patchbay.pbx.portsip;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer to what the vendor leaves open, with every answer to everything else of it. */
@Tag("long")
@ParameterizedClass(name = "{0}")
@MethodSource("pairs")
class PortSipSwitchPairsTest extends PortSipSwitches {}
