/** Each family claims its places and leaves what only looks like them alone. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { families, type Household, type PlaceKind } from '../../src/catalogue/catalogue.ts';
import { claimedBy, linux, mac, matcherFor } from './household.ts';

interface Example {
  readonly path: string;
  /** Who claims it; undefined for a near-miss. */
  readonly by: string | undefined;
  readonly kind?: PlaceKind;
  readonly household?: Household;
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

const file = (path: string, by: string | undefined): Example => ({ path, by, kind: 'file' });
const directory = (path: string, by: string | undefined, names: Example['names'] = {}): Example => ({
  path,
  by,
  names,
});
const onMac = (path: string, by: string | undefined): Example => ({ path, by, household: mac });

/** Family → places and near-misses. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  'system-packages': [
    directory('/var/cache/apt/archives', 'apt-archives'),
    directory('/var/cache/apt/archives-old', undefined),
    directory('/srv/chroot/var/cache/apt/archives', undefined),
    file('/var/cache/apt/pkgcache.bin', 'apt-binary-caches'),
    directory('/var/cache/apt/pkgcache.bin', undefined),
    file('/boot/vmlinuz-6.1.0-18-amd64', 'old-kernel-images'),
    file('/boot/vmlinuz', undefined),
    directory('/var/tmp/dnf-ada-1x2y', 'dnf-cache'),
  ],
  'application-stores': [
    directory('/var/lib/flatpak', 'flatpak-store'),
    directory('/home/ada/.local/share/flatpak', 'flatpak-store'),
    directory('/home/bob/.local/share/flatpak', undefined),
    directory('/home/ada/.var/app/org.gimp.GIMP/cache', 'flatpak-app-cache'),
    directory('/home/ada/.var/app/org.gimp.GIMP/data/cache', undefined),
    onMac('/Users/ada/Library/Caches/Homebrew', 'homebrew-cache'),
  ],
  logs: [
    directory('/var/log/journal', 'systemd-journal'),
    file('/var/log/syslog.2.gz', 'rotated-logs'),
    file('/var/log/nginx/access.log.1', 'rotated-logs'),
    file('/var/log/messages-20261115', 'rotated-logs'),
    file('/var/log/nginx/access.log', 'active-logs'),
    file('/srv/app/log/access.log.1', undefined),
    file('/var/log/btmp', 'login-records'),
  ],
  'crash-dumps': [
    directory('/var/lib/systemd/coredump', 'systemd-coredumps'),
    file('/srv/app/core.4711', 'core-file'),
    file('/srv/app/core.js', undefined),
    directory('/srv/app/core', undefined),
    file('/srv/app/java_pid42.hprof', 'java-heap-dump'),
    file('/srv/app/my_java_pid42.hprof', undefined),
  ],
  containers: [
    directory('/var/lib/docker/overlay2', 'docker-layers'),
    directory('/var/lib/docker/volumes', 'docker-volumes'),
    directory('/var/lib/docker', undefined),
    file('/var/lib/docker/containers/abc/abc-json.log', 'docker-container-logs'),
    file('/var/lib/docker/containers/abc-json.log', undefined),
  ],
  'virtual-machines': [
    directory('/home/ada/VirtualBox VMs', 'desktop-virtual-machines'),
    directory('/home/ada/VirtualBox', undefined),
    directory('/home/ada/.cache/lima', 'lima-cache'),
    directory('/home/ada/.lima', 'lima-machines'),
  ],
  databases: [
    directory('/var/lib/postgresql/16/main/pg_wal', 'postgresql-wal'),
    directory('/var/lib/postgresql/16/main', 'postgresql-cluster', {
      '/var/lib/postgresql/16/main': ['PG_VERSION'],
    }),
    directory('/var/lib/postgresql/16/notes', undefined),
    directory('/var/lib/postgresql/16/reports/pg_wal', 'postgresql-wal'),
    directory('/home/ada/pg_wal', undefined),
    file('/var/lib/mysql/mysql-bin.000042', 'mysql-binlogs'),
    file('/var/lib/mysql/mysql-bin.index', undefined),
    file('/var/lib/redis/temp-311.rdb', 'redis-temp'),
  ],
  'data-platforms': [
    directory('/tmp/kafka-logs', 'kafka-data'),
    directory('/tmp/kafka-logs-copy', undefined),
    directory('/tmp/ray/session_2026-11-22', 'ray-sessions'),
    directory('/tmp/ray/sessions', undefined),
  ],
  'continuous-integration': [
    directory('/opt/runner/_work', 'github-runner-work', { '/opt/runner': ['.runner', '_work'] }),
    directory('/opt/runner/_work', undefined, { '/opt/runner': ['_work'] }),
    directory('/var/lib/jenkins/jobs/nightly/builds', 'jenkins-builds'),
  ],
  servers: [
    file('/var/lib/php/sessions/sess_abc', 'php-sessions'),
    file('/var/lib/php/sessions/session', undefined),
    directory('/tmp/tomcat.8080.123', 'tomcat-temp'),
    directory('/tmp/tomcat', undefined),
  ],
  'javascript-packages': [
    directory('/root/.npm/_cacache', 'npm-cacache'),
    directory('/root/.npm', undefined),
    directory('/root/.npm/_cacache/tmp', undefined),
    directory('/srv/app/.yarn/cache', 'yarn-project-cache'),
    onMac('/Users/ada/Library/pnpm/store', 'pnpm-store'),
  ],
  'javascript-projects': [
    directory('/srv/app/node_modules', 'node-modules', { '/srv/app': ['package.json', 'node_modules'] }),
    directory('/srv/app/node_modules', undefined, { '/srv/app': ['node_modules'] }),
    directory('/srv/app/.next/cache', 'javascript-nested-cache'),
    directory('/srv/app/cache', undefined),
  ],
  python: [
    directory('/home/ada/.cache/pip', 'pip-cache'),
    directory('/home/ada/.cache/pypoetry/virtualenvs', 'poetry-virtualenvs'),
    directory('/home/ada/.cache/pypoetry', undefined),
    directory('/srv/app/__pycache__', 'python-tool-caches'),
    directory('/srv/app/pycache', undefined),
  ],
  go: [
    directory('/home/ada/go/pkg/mod', 'go-module-cache'),
    directory('/home/ada/go/pkg', undefined),
    directory('/home/ada/.cache/go-build', 'go-build-cache'),
  ],
  rust: [
    directory('/srv/app/target', 'cargo-target', {
      '/srv/app/target': ['CACHEDIR.TAG', '.rustc_info.json', 'debug'],
    }),
    directory('/srv/app/target', undefined, { '/srv/app/target': ['CACHEDIR.TAG'] }),
    directory('/home/ada/.cargo/registry/cache', 'cargo-registry'),
    directory('/home/ada/.cargo/bin', undefined),
  ],
  'c-and-cpp': [
    directory('/srv/app/build', 'cmake-meson-build', { '/srv/app/build': ['CMakeCache.txt'] }),
    directory('/srv/app/build', undefined, { '/srv/app/build': ['index.html'] }),
    directory('/home/ada/.cache/bazel/_bazel_ada', 'bazel-output'),
    directory('/home/ada/.cache/bazel', undefined),
  ],
  jvm: [
    directory('/home/ada/.m2/repository', 'maven-repository'),
    directory('/home/ada/.m2', undefined),
    directory('/home/ada/.gradle/wrapper/dists', 'gradle-caches'),
  ],
  dotnet: [
    directory('/srv/app/bin', 'dotnet-output', { '/srv/app': ['app.csproj', 'bin'] }),
    directory('/srv/app/bin', undefined, { '/srv/app': ['bin', 'csproj.txt'] }),
    directory('/usr/bin', undefined),
  ],
  mobile: [
    directory('/home/ada/.android/avd', 'android-virtual-devices'),
    directory('/home/ada/.android', undefined),
    onMac('/Users/ada/Library/Developer/Xcode/iOS DeviceSupport', 'xcode-device-support'),
    onMac('/Users/ada/Library/Developer/Xcode', undefined),
  ],
  'other-languages': [
    directory('/srv/app/_build', 'elixir-output', { '/srv/app': ['mix.exs'] }),
    directory('/srv/app/_build', undefined, { '/srv/app': ['conf.py'] }),
    directory('/home/ada/.opam', 'opam-switches'),
  ],
  infrastructure: [
    directory('/srv/infra/.terraform', 'terraform-project', { '/srv/infra': ['.terraform.lock.hcl'] }),
    directory('/srv/infra/.terraform', undefined, { '/srv/infra': ['main.tf'] }),
    directory('/home/ada/.kube/cache', 'kubectl-cache'),
    directory('/home/ada/.kube', undefined),
  ],
  games: [
    directory('/srv/game/Library', 'unity-output', { '/srv/game': ['ProjectSettings', 'Library'] }),
    directory('/srv/game/Library', undefined, { '/srv/game': ['Library'] }),
    directory('/home/ada/.local/share/Steam/steamapps/compatdata', 'steam-compatdata'),
  ],
  'machine-learning': [
    directory('/home/ada/.cache/huggingface/hub', 'huggingface-hub'),
    file('/home/ada/.cache/huggingface/token', 'huggingface-token'),
    directory('/home/ada/.cache/huggingface', undefined),
    directory('/srv/run/wandb/offline-run-1', 'wandb-offline-runs'),
    directory('/srv/run/wandb/run-1', 'wandb-runs'),
    directory('/srv/run/other/run-1', undefined),
  ],
  editors: [
    directory('/home/ada/.config/Code/CachedData', 'vscode-caches'),
    directory('/home/ada/.config/Code/Backups', 'vscode-user-state'),
    directory('/home/ada/.config/Code', undefined),
    directory('/home/ada/.cache/JetBrains/IntelliJIdea2026.2', 'jetbrains-system'),
    directory('/home/ada/.cache/JetBrains/acp', undefined),
  ],
  browsers: [
    directory('/home/ada/.cache/google-chrome', 'chrome-cache'),
    directory('/home/ada/.config/google-chrome/Default/Code Cache', 'chrome-cache'),
    directory('/home/ada/.config/google-chrome/Default/IndexedDB', 'browser-site-data'),
    directory('/home/ada/.config/google-chrome/Default', undefined),
    directory('/home/ada/.cache/mozilla/firefox/x.default/cache2', 'firefox-cache'),
  ],
  desktop: [
    directory('/home/ada/.config/Signal/Cache', 'electron-app-cache', {
      '/home/ada/.config/Signal': ['Cache', 'Code Cache', 'GPUCache'],
    }),
    directory('/home/ada/.config/Signal/Cache', undefined, {
      '/home/ada/.config/Signal': ['Cache', 'settings.json'],
    }),
    directory('/home/ada/.config/Slack/Cache', 'chat-app-cache'),
    directory('/home/ada/.cache/doc', 'document-portal'),
    directory('/media/usb/.Trash-1000', 'trash'),
    directory('/media/usb/.Trash-cans', undefined),
  ],
  macos: [
    onMac('/Users/ada/Library/Caches', 'macos-user-caches'),
    onMac('/Users/ada/Library/Caches/com.apple.Safari', 'safari-cache'),
    onMac('/private/var/folders/zz/abc/T', 'macos-user-temp'),
    onMac('/private/var/folders/zz/T', undefined),
    directory('/Users/ada/Library/Caches', undefined),
  ],
  filesystem: [
    directory('/srv/lost+found', 'lost-and-found'),
    directory('/srv/lost', undefined),
    file('/srv/.nfs000000000012', 'deleted-but-held'),
    file('/srv/.nfsrc', undefined),
    file('/srv/notes.txt~', 'editor-backups'),
    file('/srv/~notes.txt', undefined),
  ],
};

suite('the matcher claims', () => {
  for (const [family, list] of Object.entries(examples)) {
    for (const { path, by, ...rest } of list) {
      const around = rest.names ? ` among ${Object.values(rest.names).flat().join(', ')}` : '';
      test(`${family}: ${rest.kind ?? 'directory'} ${path}${around} → ${by ?? 'nobody'}`, () => {
        assert.equal(claimedBy(path, rest), by);
      });
    }
  }

  test('nothing deletable inside installed programs, container layers or another known place', () => {
    const inside = [
      '/usr/lib/node_modules/npm',
      '/var/lib/docker/overlay2/abc/diff/srv/app',
      '/home/ada/.local/share/Trash/files/app',
      '/home/ada/go/pkg/mod/example.org/app',
    ];
    for (const project of inside) {
      const names = { [project]: ['package.json', 'node_modules', '__pycache__'] };
      assert.equal(claimedBy(`${project}/node_modules`, { names }), undefined);
      assert.equal(claimedBy(`${project}/__pycache__`, { names }), undefined);
    }
    assert.equal(claimedBy('/usr/share/.snapshots'), 'snapshots', 'a warning counts everywhere');
  });

  test('most names need no path: the name alone says that nobody claims it', () => {
    const matcher = matcherFor(linux);
    assert.ok(matcher.mayClaim('node_modules', 'directory'));
    assert.ok(matcher.mayClaim('flatpak-cache-X1', 'directory'));
    for (const name of ['source', 'include', 'x86_64-linux-gnu', 'Documents', '2026']) {
      assert.ok(!matcher.mayClaim(name, 'directory'), name);
    }
  });

  test('every family has an example and a near-miss', () => {
    assert.deepEqual(Object.keys(examples).toSorted(), Object.keys(families).toSorted());
    for (const [family, list] of Object.entries(examples)) {
      assert.ok(
        list.some(({ by }) => by === undefined),
        `${family} needs a near-miss`,
      );
      assert.ok(
        list.some(({ by }) => families[family].some(({ id }) => id === by)),
        `${family} needs an example of its own`,
      );
    }
  });
});
