package dev.patchbay.pbx.api;

/**
 * What a phone system asks of a password; lengths in characters.
 *
 * @param special whether one upper-case or special character is needed
 * @param refusesSequences whether three ascending or descending neighbours ("123") are refused
 * @param refusesRepeats whether three equal characters in a row are refused
 * @param refusesAccountInformation whether the user's name or extension may not be part of it
 */
public record PasswordPolicy(
    int minLength,
    int maxLength,
    boolean letters,
    boolean numbers,
    boolean special,
    boolean refusesSequences,
    boolean refusesRepeats,
    boolean refusesAccountInformation) {}
