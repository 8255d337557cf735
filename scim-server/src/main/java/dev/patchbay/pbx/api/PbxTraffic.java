package dev.patchbay.pbx.api;

/**
 * How busy the connection to a PBX is at this moment.
 *
 * @param underWay requests that wait for the PBX's answer
 * @param atOnce how many of these there may be
 * @param waiting requests that wait for their turn
 * @param waitingFirst requests that take something away and wait, before those
 * @param perMinute how many requests are sent in a minute; 0 for no limit
 */
public record PbxTraffic(int underWay, int atOnce, int waiting, int waitingFirst, int perMinute) {}
