/** A supervisor's log leads to the error in its program's own: supervisord, pm2, Docker, podman, the kubelet, systemd. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { OwnError } from '../../../src/model/log-fact.ts';
import { supervisedIn } from '../../../src/logs/steps/supervised.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { inSandbox, needsSandbox } from '../../support/sandbox.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ID = 'c0ffee'.repeat(11).slice(0, 64);

interface StepJson {
  readonly program: string | null;
  readonly message: string;
  readonly own: (Omit<OwnError, 'path'> & { readonly path: string | null }) | null;
  readonly cause: { readonly kind: string; readonly path?: string } | null;
}

/** What `diskwhy log` says of each log, in a sandbox where `setUp` has run. */
function stepsOf(
  logs: Readonly<Record<string, (stamp: string, n: number) => string>>,
  setUp: string,
): Record<string, StepJson> {
  using folder = tempFolder();
  const start = Date.now() - 1_000_000;
  for (const [name, round] of Object.entries(logs)) {
    const file = path.join(folder.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const rounds = Array.from({ length: 80 }, (_, n) => round(new Date(start + 5000 * n).toISOString(), n));
    writeFileSync(file, rounds.join(''));
  }
  const names = Object.keys(logs);
  const [command, ...words] = inSandbox(
    `${setUp}\ndiskwhy log --json "$@"`,
    names.map((name) => `/mnt/world/${name}`),
    folder.path,
  );
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  const { files } = JSON.parse(stdout) as { files: { path: string; step: StepJson }[] };
  return Object.fromEntries(files.map(({ path: file, step }) => [path.relative('/mnt/world', file), step]));
}

const syslog = (stamp: string, from: string, text: string): string =>
  `Nov 22 ${stamp.slice(11, 19)} vm ${from}: ${text}\n`;

test('each supervisor’s words lead to the log of its program', { skip: needsSandbox }, () => {
  const steps = stepsOf(
    {
      'dockerd.log': (stamp) =>
        `time="${stamp}" level=info msg="ignoring event" container=${ID} module=libcontainerd namespace=moby topic=/tasks/delete type="*events.TaskDelete"\n` +
        `time="${stamp}" level=info msg="shim disconnected" id=${ID} namespace=moby\n` +
        `time="${stamp}" level=info msg="cleaning up dead shim" namespace=moby\n`,
      'compose.log': () => 'cart-1 exited with code 1 (restarting)\n',
      'kubelet.log': (stamp) =>
        `E1122 ${stamp.slice(11, 23)}000    1234 pod_workers.go:1300] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"web\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=web pod=shop-0_prod(1a-2b)\\"" pod="prod/shop-0"\n`,
      'podman.log': (stamp, n) =>
        syslog(
          stamp,
          'podman[812]',
          `${stamp} container died ${ID} (image=localhost/mill:1, name=mill, health_status=)`,
        ) +
        syslog(
          stamp,
          `podman[${8000 + n}]`,
          `${stamp} container restart ${ID} (image=localhost/mill:1, name=mill)`,
        ),
      'pm2/pm2.log': (stamp) =>
        `${stamp.slice(0, 19)}: PM2 log: App [till:0] exited with code [1] via signal [SIGINT]\n` +
        `${stamp.slice(0, 19)}: PM2 log: App [till:0] starting in -fork mode-\n`,
      syslog: (stamp, n) =>
        syslog(stamp, 'systemd[1]', 'desk@2.service: Main process exited, code=exited, status=1/FAILURE') +
        syslog(stamp, 'systemd[1]', `desk@2.service: Scheduled restart job, restart counter is at ${n}.`),
    },
    `set -e
    docker=/srv/docker/containers
    mkdir -p $docker/${ID} /var/log/pods/prod_shop-0_1a-2b/web /mnt/world/pm2/logs \\
      /var/lib/containers/storage/overlay-containers/${ID}/userdata
    mount -t tmpfs none /etc
    mkdir -p /etc/docker /etc/systemd/system/desk@.service.d
    echo '{"data-root":"/srv/docker"}' >/etc/docker/daemon.json
    echo '{"Name":"/shop-cart-1"}' >$docker/${ID}/config.v2.json
    echo '{"log":"EACCES: permission denied, open \\u0027/data/cart.db\\u0027\\n","stream":"stderr","time":"2026-11-22T12:00:00Z"}' >$docker/${ID}/${ID}-json.log
    echo '2026-11-22T12:00:00Z stderr F dial tcp 127.0.0.1:9: connect: connection refused' >/var/log/pods/prod_shop-0_1a-2b/web/7.log
    echo '2026-11-22T12:00:00Z stderr F all is well' >/var/log/pods/prod_shop-0_1a-2b/web/8.log
    echo '2026-11-22T12:00:00Z stderr F mill: no such file or directory: /no/such/grain' >/var/lib/containers/storage/overlay-containers/${ID}/userdata/ctr.log
    echo 'Error: Cannot find module express' >/mnt/world/pm2/logs/till-error.log
    printf '[Service]\\nStandardError=append:/var/log/desk/%%i.err\\n' >/etc/systemd/system/desk@.service.d/log.conf
    mkdir /var/log/desk
    echo 'desk: cannot bind: Address already in use' >/var/log/desk/2.err`,
  );
  const docker = `/srv/docker/containers/${ID}/${ID}-json.log`;
  const own = Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, [step.program, step.own?.path, step.own?.message]]),
  );
  assert.deepEqual(own, {
    'dockerd.log': [ID.slice(0, 12), docker, "EACCES: permission denied, open '/data/cart.db'"],
    'compose.log': ['cart-1', docker, "EACCES: permission denied, open '/data/cart.db'"],
    'kubelet.log': [
      'web',
      '/var/log/pods/prod_shop-0_1a-2b/web/7.log',
      'dial tcp 127.0.0.1:9: connect: connection refused',
    ],
    'podman.log': [
      'mill',
      `/var/lib/containers/storage/overlay-containers/${ID}/userdata/ctr.log`,
      'mill: no such file or directory: /no/such/grain',
    ],
    'pm2/pm2.log': ['till', '/mnt/world/pm2/logs/till-error.log', 'Error: Cannot find module express'],
    syslog: ['desk@2.service', '/var/log/desk/2.err', 'desk: cannot bind: Address already in use'],
  });
  assert.equal(steps['kubelet.log'].cause?.kind, 'refused');
});

const journald = '/lib/systemd/systemd-journald';
/** Groups are the whole machine's: other runs make theirs. */
const unit = `mill-${process.pid}.service`;

test(
  'a unit whose lines are in the journal alone',
  { skip: unless(needsSandbox, needsTool(journald, 'journalctl', 'systemd-cat')) },
  () => {
    const { syslog: step } = stepsOf(
      {
        syslog: (stamp, n) =>
          syslog(stamp, 'systemd[1]', `${unit}: Main process exited, code=exited, status=1/FAILURE`) +
          syslog(stamp, 'systemd[1]', `${unit}: Scheduled restart job, restart counter is at ${n}.`),
      },
      // A group of the unit's name is how journald tells whose a line is (sd_pid_get_unit(3)).
      `mount -t tmpfs none /run && mkdir -p /run/systemd
      mount -t cgroup2 none /sys/fs/cgroup || exit 1
      slice=/sys/fs/cgroup/system.slice group=/sys/fs/cgroup/system.slice/${unit}
      mkdir -p $group
      ${journald} >/dev/null 2>&1 &
      trap "kill $!; echo $$ >/sys/fs/cgroup/cgroup.procs; rmdir $group; rmdir $slice 2>/dev/null || :" EXIT
      until journalctl --flush 2>/dev/null; do :; done
      # It lives until journald has looked at it, as systemd's own hint of the unit is missing here.
      sh -c "echo \\$\\$ >$group/cgroup.procs; exec systemd-cat sh -c 'echo cannot open /no/such/grain: No such file or directory; exec journalctl --sync'"
      journalctl --sync`,
    );
    assert.equal(step.program, unit);
    assert.equal(step.own?.path, null);
    assert.equal(step.own?.journal, unit);
    assert.match(step.own?.message ?? '', /cannot open \/no\/such\/grain: No such file or directory$/u);
    assert.deepEqual([step.cause?.kind, step.cause?.path], ['missing', '/no/such/grain']);
  },
);

test('names that are no names lead nowhere', () => {
  for (const line of [
    'systemd[1]: --file=/etc/shadow.service: Main process exited, code=exited, status=1/FAILURE',
    'restarting failed container=../../x pod=web-0_default(1-2)',
    'restarting failed container=web pod=../web_default(1-2)',
    'App [../../etc/passwd] exited with code [1]',
    `container=${ID.slice(1)} topic=/tasks/delete`,
  ]) {
    const found = supervisedIn(line);
    assert.ok(found === null || !/[/]|^-/u.test(JSON.stringify(Object.values(found))), line);
  }
});
