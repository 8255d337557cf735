package dev.patchbay.keycloak.rig;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;

/** A directory of people that a realm can import. */
public final class Ldap implements AutoCloseable {
  private static final String BASE = "dc=example,dc=com";
  private static final String PEOPLE = "ou=people," + BASE;
  private static final String ADMINISTRATOR = "cn=admin";

  private final InMemoryDirectoryServer server;

  private Ldap(InMemoryDirectoryServer server) {
    this.server = server;
  }

  public static Ldap start() throws LDAPException, LDIFException {
    var config = new InMemoryDirectoryServerConfig(BASE);
    config.addAdditionalBindCredentials(ADMINISTRATOR, ADMINISTRATOR);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "loopback", InetAddress.getLoopbackAddress(), 0, null));
    var server = new InMemoryDirectoryServer(config);
    server.startListening();
    server.add("dn: " + BASE, "objectClass: domain", "dc: example");
    server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
    return new Ldap(server);
  }

  public void add(String uid, String lastName) throws LDAPException, LDIFException {
    server.add(
        "dn: " + dn(uid),
        "objectClass: inetOrgPerson",
        "uid: " + uid,
        "cn: Ada",
        "sn: " + lastName,
        "mail: " + uid + "@example.com");
  }

  public void rename(String uid, String lastName) throws LDAPException, LDIFException {
    server.modify("dn: " + dn(uid), "changetype: modify", "replace: sn", "sn: " + lastName);
  }

  public void readdress(String uid, String mail) throws LDAPException, LDIFException {
    server.modify("dn: " + dn(uid), "changetype: modify", "replace: mail", "mail: " + mail);
  }

  public void delete(String uid) throws LDAPException {
    server.delete(dn(uid));
  }

  private static String dn(String uid) {
    return "uid=" + uid + "," + PEOPLE;
  }

  /**
   * Makes it a source of the realm's people and returns the component.
   *
   * @param seconds how often Keycloak imports by itself; -1 for never
   */
  public Target feed(Realm realm, int seconds) {
    var config =
        """
        'vendor':['other'],'connectionUrl':['ldap://127.0.0.1:%1$d'],'authType':['simple'],
        'bindDn':['%2$s'],'bindCredential':['%2$s'],'usersDn':['%3$s'],'editMode':['READ_ONLY'],
        'usernameLDAPAttribute':['uid'],'rdnLDAPAttribute':['uid'],
        'uuidLDAPAttribute':['entryUUID'],'userObjectClasses':['inetOrgPerson'],
        'importEnabled':['true'],'pagination':['false'],'searchScope':['1'],
        'fullSyncPeriod':['%4$d'],'changedSyncPeriod':['-1'],'enabled':['true']
        """
            .formatted(server.getListenPort(), ADMINISTRATOR, PEOPLE, seconds);
    return realm.component("people", "ldap", config);
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
