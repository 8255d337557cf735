// The stack without Docker, run by docker/rehearse: in namespaces of its own, as root that drops to the images' users.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { images, services } from './stack.mjs';

const docker = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(docker, '..');
const LIMIT_MS = 300_000;
const running = [];

const sh = (command) => execFileSync('sh', ['-ec', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const say = (text) => console.log(`rehearse: ${text}`);
const secret = (name) => readFileSync(join(docker, 'secrets', name), 'utf8').trim();

function one(folder, pattern) {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)).sort().at(-1) : undefined;
  if (!found) {
    throw new Error(`nothing like ${pattern} in ${folder}; mvn package makes it`);
  }
  return join(folder, found);
}

/** What the images copy to where, and what their bases have there. */
function layOut() {
  const jdk = one('/usr/lib/jvm', /^[^.].*(2[1-9]|[3-9]\d)/);
  const keycloak = process.env.KEYCLOAK ?? one(join(root, 'connector/target/keycloak/unpacked'), /^keycloak-\d/);
  sh(`mount --make-rprivate /
    ip link set lo up
    mount -t tmpfs -o mode=755 tmpfs /opt
    mount -t tmpfs -o mode=755 tmpfs /usr/local/bin
    install -m 755 ${docker}/healthy /usr/local/bin/healthy
    mkdir -p /opt/java/openjdk /opt/patchbay/lib /opt/patchbay/config
    mount --bind ${jdk} /opt/java/openjdk
    mount --bind ${join(root, 'scim-server/target/lib')} /opt/patchbay/lib
    cp ${join(root, 'scim-server/target/patchbay.jar')} /opt/patchbay/
    install -d -o 10001 -g 10001 -m 700 /opt/patchbay/data
    cp -r ${keycloak} /opt/keycloak
    install -m 644 ${one(join(root, 'connector/target'), /^connector-.*SNAPSHOT\.jar$/)} /opt/keycloak/providers/patchbay.jar
    install -m 755 ${docker}/keycloak/start /opt/keycloak/bin/patchbay-start
    install -m 755 ${docker}/healthy /opt/keycloak/bin/healthy
    mkdir -p /opt/keycloak/data/import
    chown -R 1000:0 /opt/keycloak`);
  writeFileSync('/opt/hosts', `127.0.0.1 localhost ${services(docker).map((it) => it.name).join(' ')}\n`);
  sh('mount --bind /opt/hosts /etc/hosts');
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** The command in a mount namespace of its own, with the service's secrets and files, as its user. */
function start(name, { command, env, user, secrets, binds }) {
  const [uid, gid = '0'] = user.split(':');
  const mounts = [...secrets, ...binds]
    .map(({ from, to }) => `mkdir -p ${dirname(to)}; touch ${to}; mount --bind -o ro ${from} ${to}`)
    .join('\n');
  const environment = Object.entries({
    PATH: '/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin',
    JAVA_HOME: '/opt/java/openjdk',
    HOME: '/tmp',
    ...env,
  }).map(([key, value]) => quoted(`${key}=${value}`));
  const data = join('/tmp', `rehearse-${name}`);
  const script = `mount -t tmpfs -o mode=1777 tmpfs /tmp
    mount -t tmpfs -o mode=755 tmpfs /run
    mkdir -p ${data}; chown ${uid}:${gid} ${data}; chmod 700 ${data}
    [ ! -d /opt/patchbay/data ] || mount --bind ${data} /opt/patchbay/data
    ${mounts}
    cd /opt/patchbay
    exec setpriv --reuid ${uid} --regid ${gid} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
      env -i ${environment.join(' ')} ${command.map(quoted).join(' ')}`;
  const child = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const service = { name, child, printed: '', ended: new Promise((done) => child.on('exit', (code, signal) => done(code ?? signal))) };
  [child.stdout, child.stderr].forEach((stream) => stream.on('data', (text) => (service.printed += text)));
  return service;
}

/** PostgreSQL's image is not ours: the machine's own server, with the stack's passwords and its init script. */
async function postgres(stack) {
  const bin = join(one('/usr/lib/postgresql', /^\d+$/), 'bin');
  const service = stack.find((it) => it.name === 'postgres');
  const init = '/docker-entrypoint-initdb.d/init.sh';
  const binds = service.binds.map(({ from, to }) => (to === init ? { from, to: '/tmp/init.sh' } : { from, to }));
  const command = `cd /tmp/rehearse-postgres
    ${bin}/initdb -D data -U postgres --auth-host=scram-sha-256 --auth-local=trust \
      --pwfile=$POSTGRES_PASSWORD_FILE > initdb.log
    ${bin}/pg_ctl -D data -w -o '-k /tmp/rehearse-postgres -h ""' start > start.log
    PGHOST=/tmp/rehearse-postgres bash /tmp/init.sh
    ${bin}/pg_ctl -D data -w stop > stop.log
    exec ${bin}/postgres -D data -k /tmp/rehearse-postgres -h 127.0.0.1`;
  const user = sh('id -u postgres || id -u nobody').trim();
  return start('postgres', { ...service, binds, user: `${user}:${user}`, command: ['sh', '-ec', command] });
}

async function healthy(service, check) {
  const since = Date.now();
  for (;;) {
    try {
      execFileSync(check[0], check.slice(1), { stdio: 'ignore' });
      say(`${service.name} is healthy after ${Math.round((Date.now() - since) / 1000)} s`);
      return;
    } catch {
      if (service.child.exitCode !== null || Date.now() - since > LIMIT_MS) {
        throw new Error(`${service.name} did not become healthy:\n${service.printed.slice(-4000)}`);
      }
      await pause(1000);
    }
  }
}

function checkUser(service) {
  const status = readFileSync(`/proc/${service.child.pid}/status`, 'utf8');
  const uid = /^Uid:\s+(\d+)/m.exec(status)[1];
  const caps = /^CapEff:\s+(\w+)/m.exec(status)[1];
  if (uid === '0' || !/^0+$/.test(caps)) {
    throw new Error(`${service.name} runs as uid ${uid} with capabilities ${caps}`);
  }
  say(`${service.name} runs as uid ${uid}, without capabilities`);
}

async function get(url, token) {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return answer.json();
}

/** Whom the realm's file names has a phone account on the emulated PBX, by way of the connector and the bridge. */
async function arrived() {
  const since = Date.now();
  for (;;) {
    const users = await get('http://bridge:8080/office/scim/v2/Users', secret('scim-token'));
    const phones = await get('http://127.0.0.1:8887/api/users', secret('pbx-token'));
    if (users.totalResults === 2 && phones.count === 2) {
      say(`on the PBX: ${phones.items.map((it) => it.name).join(', ')}`);
      return;
    }
    if (Date.now() - since > LIMIT_MS) {
      throw new Error(`the bridge has ${users.totalResults} users, the PBX ${phones.count}; expected 2`);
    }
    await pause(1000);
  }
}

/** A person in each of the other tenants, whose phone systems have no identity provider in this stack. */
async function reachesTheOthers() {
  for (const [tenant, token] of [['ipcortex', 'ipcortex'], ['xelion', 'xelion'], ['desk', 'crmcom']]) {
    const answer = await fetch(`http://bridge:8080/${tenant}/scim/v2/Users`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret(`${token}-scim-token`)}`, 'Content-Type': 'application/scim+json' },
      body: '{"userName":"ada@example.com","displayName":"Ada Lovelace"}',
    });
    if (answer.status !== 201) {
      throw new Error(`${tenant} answered a create ${answer.status} ${await answer.text()}`);
    }
    say(`${tenant} has made a user`);
  }
}

async function stop(service) {
  service.child.kill('SIGTERM');
  const code = await Promise.race([service.ended, pause(30_000, 'still running')]);
  say(`${service.name} ended with ${code}`);
  if (![0, 143, 'SIGTERM'].includes(code)) {
    throw new Error(`${service.name} did not end in order`);
  }
}

async function rehearse() {
  layOut();
  const stack = services(docker);
  for (const run of images(docker).flatMap((it) => it.runs).filter((it) => it.startsWith('/opt/keycloak/'))) {
    say(run);
    sh(`JAVA_HOME=/opt/java/openjdk setpriv --reuid 1000 --regid 0 --clear-groups ${run} > /opt/build.log`);
  }
  const database = await postgres(stack);
  running.push(database);
  await healthy(database, ['pg_isready', '--host=127.0.0.1', '--username=postgres', '--dbname=keycloak', '--quiet']);
  for (const service of stack.filter((it) => it.name !== 'postgres')) {
    running.push(start(service.name, service));
  }
  for (const service of running.slice(1)) {
    await healthy(service, stack.find((it) => it.name === service.name).healthcheck);
    checkUser(service);
  }
  await arrived();
  await reachesTheOthers();
  for (const service of running.toReversed()) {
    await stop(service);
  }
}

try {
  await rehearse();
  say('ok');
} catch (problem) {
  console.error(`rehearse: ${problem.message}`);
  process.exitCode = 1;
  running.forEach((service) => service.child.kill('SIGKILL'));
}
