// What the Dockerfiles and the compose file say, as values.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';

const of = (stage, keyword) => stage.filter((it) => it.getKeyword() === keyword);
const json = (instruction) => JSON.parse(instruction.getArgumentsContent());

/** One for each Dockerfile: what its last stage runs, and what all stages take. */
export function images(docker) {
  return readdirSync(docker)
    .filter((file) => file.endsWith('.Dockerfile'))
    .map((file) => image(docker, file));
}

function image(docker, file) {
  const all = DockerfileParser.parse(readFileSync(join(docker, file), 'utf8')).getInstructions();
  const last = all.slice(all.findLastIndex((it) => it.getKeyword() === 'FROM'));
  const stages = all.filter((it) => it.getKeyword() === 'FROM').map((it) => it.getBuildStage());
  const health = of(last, 'HEALTHCHECK')[0]?.getArgumentsContent() ?? '';
  return {
    file,
    from: of(all, 'FROM').map((it) => it.getImage()).filter((it) => !stages.includes(it)),
    copies: of(all, 'COPY')
      .filter((it) => !it.getFlags().some((flag) => flag.getName() === 'from'))
      .flatMap((it) => it.getArguments().slice(0, -1).map((path) => path.getValue())),
    runs: of(all, 'RUN').map((it) => it.getArgumentsContent()),
    user: of(last, 'USER').at(-1)?.getArgumentsContent() ?? '',
    env: Object.fromEntries(of(last, 'ENV').flatMap((it) => it.getProperties().map((p) => [p.getName(), p.getValue()]))),
    entrypoint: json(of(last, 'ENTRYPOINT').at(-1)),
    cmd: json(of(last, 'CMD').at(-1)),
    healthcheck: health === '' ? [] : JSON.parse(health.slice(health.indexOf('CMD') + 3)),
  };
}

/** The services as the stack starts them. */
export function services(docker) {
  const stack = parse(readFileSync(join(docker, 'compose.yaml'), 'utf8'), { merge: true });
  const known = images(docker);
  return Object.entries(stack.services).map(([name, service]) => {
    const image = known.find((it) => service.build?.dockerfile === `docker/${it.file}`);
    return {
      name,
      image: image?.file ?? service.image,
      user: image?.user ?? '',
      command: [...(image?.entrypoint ?? []), ...(service.command ?? image?.cmd ?? [])],
      env: { ...image?.env, ...service.environment },
      healthcheck: service.healthcheck?.test.slice(1) ?? image?.healthcheck ?? [],
      secrets: (service.secrets ?? []).map((secret) => ({
        from: resolve(docker, stack.secrets[secret].file),
        to: `/run/secrets/${secret}`,
      })),
      binds: (service.volumes ?? [])
        .filter((volume) => volume.startsWith('.'))
        .map((volume) => volume.split(':'))
        .map(([from, to]) => ({ from: resolve(docker, from), to })),
      after: Object.keys(service.depends_on ?? {}),
    };
  });
}
