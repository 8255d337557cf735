// Lints the Dockerfiles, and the compose file by its linter and its schema. Exit code 1 where something is wrong.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { images, services } from './stack.mjs';

const docker = join(dirname(fileURLToPath(import.meta.url)), '..');
const problems = [];

for (const { file, from, copies, user, healthcheck } of images(docker)) {
  for (const { message, range } of validate(readFileSync(join(docker, file), 'utf8'))) {
    problems.push(`${file}:${range.start.line + 1}: ${message}`);
  }
  if (!/^[1-9]\d*(:[1-9]\d*)?$/.test(user)) {
    problems.push(`${file}: runs as '${user}', expected a number other than 0`);
  }
  if (healthcheck.length === 0) {
    problems.push(`${file}: has no HEALTHCHECK`);
  }
  from.filter((image) => !/[:@]/.test(image)).forEach((image) => problems.push(`${file}: ${image} has no version`));
  copies
    .filter((path) => !existsSync(join(docker, '..', path)))
    .forEach((path) => problems.push(`${file}: copies ${path}, which is not there`));
}

for (const { name, binds } of services(docker)) {
  binds
    .filter(({ from }) => !from.includes('/secrets/') && !existsSync(from))
    .forEach(({ from }) => problems.push(`compose.yaml: ${name} mounts ${from}, which is not there`));
}

const linter = join(docker, 'check', 'node_modules', 'dclint', 'bin', 'dclint.cjs');
const lint = spawnSync(process.execPath, [linter, '--max-warnings', '0', '-c', join(docker, 'check', '.dclintrc.json'), join(docker, 'compose.yaml')], {
  encoding: 'utf8',
});
if (lint.status !== 0) {
  problems.push(lint.stdout + lint.stderr);
}

problems.forEach((problem) => console.error(problem));
console.log(problems.length === 0 ? 'docker: ok' : `docker: ${problems.length} problem(s)`);
process.exit(problems.length === 0 ? 0 : 1);
