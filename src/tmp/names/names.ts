/** The door of the floor: names found directly in temporary directories: who puts them there, and whether they may go (facts of the project, §4.2). */
import type { ByteString } from '../../model/byte-string.ts';
import { namePattern } from '../../model/path-pattern.ts';

/**
 * `protect`: never. `unowned`: only when old and no live owner is found. `stale`: when old and not in use.
 * `user`: somebody's files until proven otherwise.
 */
type NameVerdict = 'protect' | 'unowned' | 'stale' | 'user';

export interface NameRow {
  /** Patterns separated by blanks. */
  readonly names: string;
  readonly what: string;
  readonly verdict: NameVerdict;
  /** Where the owner's pid stands in the name. */
  readonly pid?: RegExp;
  /** Names inside the directory are the pids of owners. */
  readonly pidsInside?: true;
  /** Programs that come back to it by path, with nothing open in between. */
  readonly heldByPath?: readonly string[];
}

const row = (verdict: NameVerdict, what: string, names: string, more: Partial<NameRow> = {}): NameRow => ({
  names,
  what,
  verdict,
  ...more,
});

/** The first row whose pattern fits counts. */
const nameTable: readonly NameRow[] = [
  row('protect', 'snap directory', 'snap-private-tmp .snap snap.*'),
  row(
    'protect',
    'X server sockets and locks',
    '.X11-unix .ICE-unix .XIM-unix .font-unix .Test-unix .X*-lock',
  ),
  row('protect', 'terminal multiplexer sockets', 'tmux-* screens uscreens S-*'),
  row(
    'protect',
    'desktop session',
    'dbus-* pulse-* .esd* orbit-* gconfd-* ksocket-* kde-* xauth* .xauth* krb5cc_* .iroha_unix',
  ),
  row('protect', 'rootless container state', 'podman-run-* containers-user-* storage-run-* run-[0-9]*'),
  row(
    'protect',
    'data that a server keeps here by default',
    'kafka-logs kraft-combined-logs zookeeper hadoop-* hbase-* hive',
  ),
  row('protect', 'database sockets', 'mysql.sock* mysqlx.sock* .s.PGSQL.* mongodb-*.sock redis*.sock'),
  row('protect', 'AppImage mount point', '.mount_*'),
  row('protect', 'bugs and core dumps', 'abrt cores'),
  row('protect', "KDE's cache while it runs", 'kdecache-* *.kcache'),
  row('protect', 'mount points of scripts', 'rear.* sshfs* mnt*'),
  row('protect', "editors' unsaved work", '*.swp *.swo .#* *~ emacs[0-9]* nvim.*'),
  row('protect', 'auxiliary mounts and sockets', 'truecrypt* veracrypt* .vbox-*-ipc .wine-[0-9]* fsa'),
  row('protect', "the filesystem's own", 'lost+found aquota.* .journal .nfs* .fuse_hidden*'),
  row('unowned', 'private directory of a service', 'systemd-private-*'),
  row('unowned', 'agent sockets', 'ssh-* gpg-* keyring-*'),
  row('unowned', 'JVM performance data', 'hsperfdata_*', { pidsInside: true }),
  row('unowned', '.NET debugging pipes', 'clr-debug-pipe-[0-9]* dotnet-diagnostic-[0-9]*', {
    pid: /^(?:clr-debug-pipe|dotnet-diagnostic)-(\d+)-/u,
  }),
  row('unowned', 'PostgreSQL temporary files', 'pgsql_tmp[0-9]*', { pid: /^pgsql_tmp(\d+)/u }),
  row('unowned', 'editor sockets', 'vscode-ipc-*.sock vscode-git-*.sock vscode-typescript*'),
  row('unowned', "a Java server's work directory", 'tomcat.* tomcat-docbase.* jetty-* undertow* spring.log', {
    heldByPath: ['java'],
  }),
  row('unowned', 'computing scratch', 'spark-* blockmgr-* flink-* ray', { heldByPath: ['java', 'raylet'] }),
  row('unowned', 'MySQL temporary files', '#sql* ML?????? ib??????', { heldByPath: ['mysqld', 'mariadbd'] }),
  row('unowned', 'unpacked program', 'appimage_extracted_* _MEI??????*'),
  row(
    'unowned',
    'browser profile of an automation',
    '.org.chromium.* .com.google.Chrome.* scoped_dir* puppeteer_dev_*profile-* playwright_*profile-* ' +
      'playwright-artifacts-* rust_mozprofile* Temp-*',
  ),
  row(
    'unowned',
    'Python multiprocessing and ML scratch',
    'pymp-* torch_* torchinductor_* __KMP_REGISTERED_LIB_*',
  ),
  row('unowned', 'Nix or Guix build', 'nix-build-* nix-shell.* guix-build-*'),
  row('unowned', 'source build', 'portage yaourt* yay* pamac* makepkg*', {
    heldByPath: ['emerge', 'makepkg', 'yay', 'pamac-daemon'],
  }),
  row('unowned', 'initramfs build', 'dracut.* mkinitcpio.* mkinitramfs_*'),
  row('unowned', 'package manager scratch', 'dnf-* rpm-tmp.* rpmbuild apt-* dpkg-*', {
    heldByPath: ['dnf', 'dnf5', 'rpm', 'apt', 'apt-get', 'dpkg', 'yum'],
  }),
  row('unowned', 'machine learning scratch', 'wandb-* tfhub_modules tmp*.gguf ollama*'),
  row('unowned', 'AI tool scratch', 'claude-* codex-* cursor-* .cursor*'),
  row('unowned', 'mail and browser attachments', 'MozillaMailnews mozilla_* Mozilla*', {
    heldByPath: ['firefox', 'thunderbird', 'firefox-bin', 'thunderbird-bin'],
  }),
  row('stale', 'podman build scratch', 'buildah* container_images_* storage[0-9]*'),
  row('stale', 'pip scratch', 'pip-* easy_install-* build-env-*'),
  row(
    'stale',
    'JavaScript tool scratch',
    'npm-* yarn--* pnpm-* bunx-* corepack-* node-compile-cache v8-compile-cache* jest_* vite-* esbuild-* metro-* ' +
      'haste-map-* react-*',
  ),
  row('stale', 'Go build scratch', 'go-build* gopls-* cgo-*'),
  row('stale', 'Rust build scratch', 'rustc* cargo-install* cargo-*'),
  row('stale', 'compiler scratch', 'cc??????.* clang-* ltrans* *.gcda'),
  row('stale', 'Bazel scratch', 'bazel* _bazel_*'),
  row('stale', 'Flatpak scratch', 'flatpak-cache-* ostree-unlock*'),
  row('stale', 'tool scratch', 'ansible_* .ansible-* pyright-* gitstatus.* p10k-* sh-thd-* bash-*'),
  row(
    'user',
    'large file, perhaps yours',
    '*.iso *.tar *.tar.* *.tgz *.zip *.7z *.mp4 *.mkv *.sql *.sql.* *.dump *.img *.qcow2 *.vmdk *.hprof *.csv *.parquet',
  ),
  row('stale', 'mkstemp scratch', 'tmp????????* tmp.??????*'),
];

const patterns = nameTable.flatMap((known) =>
  known.names.split(' ').map((pattern) => ({ known, pattern, fits: namePattern(pattern) })),
);

/** What a name says. */
export interface KnownName {
  readonly known: NameRow;
  /** The pattern that fits. */
  readonly pattern: string;
}

/** The row for a name, or undefined for one that says nothing. */
export function knownName(name: ByteString): KnownName | undefined {
  return patterns.find(({ fits }) => fits(name));
}
