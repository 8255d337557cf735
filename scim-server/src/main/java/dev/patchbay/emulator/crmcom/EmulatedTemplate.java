package dev.patchbay.emulator.crmcom;

/**
 * A template that users are made from.
 *
 * @param ctiEnabled whether its account has phone integration: then a user needs an extension
 */
public record EmulatedTemplate(String id, String name, boolean ctiEnabled) {}
