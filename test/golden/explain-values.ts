/** What `diskwhy [path…] --json` found out, without its words, its times and its pids. */
import { byName, namingBelow } from './relative.ts';
import type { Naming, PathJson } from './relative.ts';
import type { Values } from './values.ts';

/** The keys that are read, and no others: what else the JSON says may change. */
interface Report {
  readonly roots: readonly Root[];
  readonly contained: readonly PathJson[];
  readonly filesystems: readonly Filesystem[];
  readonly findings: readonly Finding[];
  readonly explained: { readonly scope: string; readonly bytes: number; readonly ofBytes: number };
  readonly problems: { readonly count: number; readonly items: readonly Problem[] };
  readonly excluded: number;
}

interface Root extends PathJson {
  readonly totals: Readonly<Record<(typeof TOTALS | typeof COUNTS)[number], number>>;
  readonly byUse: readonly (Sums & { readonly use: string })[];
  readonly byType: readonly (Sums & { readonly type: string })[];
  readonly byAge: readonly (Sums & { readonly age: string })[];
  readonly tree: TreeNode;
  readonly mounts: readonly (PathJson & { readonly type: string; readonly counted: boolean })[];
  readonly owners?: {
    readonly users: readonly (Sums & { readonly uid: number })[];
    readonly packages: {
      readonly owned: Sums;
      readonly generated: Sums;
      readonly unowned: Sums;
      readonly unownedPlaces: readonly (PathJson & Sums)[];
    } | null;
  };
}

interface Sums {
  readonly diskBytes: number;
}

interface TreeNode extends PathJson, Sums {
  readonly type: string;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
  readonly children: readonly TreeNode[];
}

interface Filesystem {
  readonly mountPoint: string;
  readonly type: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly reservedBytes: number;
  readonly inodesUsed: number;
  readonly ledger: {
    readonly scope: string;
    readonly accounts: readonly {
      readonly account: string;
      readonly bytes: number | null;
      readonly detail: readonly { readonly path: string | null; readonly bytes: number | null }[];
    }[];
  };
}

interface Finding {
  readonly rule: string;
  readonly diskBytes: number;
  readonly claimedBytes: number;
  readonly freeableBytes: number;
  readonly paths: readonly string[];
  readonly pathsBase64?: readonly string[];
  readonly risk: string;
  readonly urgent: boolean;
}

interface Problem extends PathJson {
  readonly operation: string;
  readonly code: string;
}

const TOTALS = ['diskBytes', 'apparentBytes', 'files', 'symlinks', 'others'] as const;
const COUNTS = ['entries', 'directories'] as const;

/** As many as recent-growth names. */
const MOST_PLACES = 3;

/**
 * @param root what paths are told below. '/' is a whole machine: it has directories for the program itself in it, which
 * take no bytes but are more or fewer elsewhere, so that directories are not counted.
 */
export function explainValues(report: object, root: string): Values {
  const { roots, contained, filesystems, findings, explained, problems, excluded } = report as Report;
  const naming = namingBelow(root);
  const isMachine = root === '/';
  return {
    roots: byName(roots, naming, (one) => rootValues(one, naming, isMachine)),
    ...(contained.length > 0 && { contained: contained.map(naming).toSorted() }),
    filesystems: byName(
      filesystems,
      ({ mountPoint }) => naming({ path: mountPoint }),
      (one) => filesystemValues(one, naming, isMachine),
    ),
    findings: findingValues(findings, naming),
    explained: { scope: explained.scope, bytes: explained.bytes, ofBytes: explained.ofBytes },
    problems: byName(problems.items, naming, ({ operation, code }) => `${operation} ${code}`),
    excluded,
  };
}

function rootValues(root: Root, naming: Naming, isMachine: boolean): Values {
  const { totals, byUse, byType, byAge, tree, mounts, owners } = root;
  const counted = isMachine ? TOTALS : [...TOTALS, ...COUNTS];
  return {
    totals: Object.fromEntries(counted.map((name) => [name, totals[name]])),
    // Of temporary files all use is temporary.
    // Of a machine only what takes bytes: the directories that lead to the checkout are in it, wherever that is.
    ...(isMachine && {
      byUse: byName(
        byUse.filter(({ diskBytes }) => diskBytes > 0),
        ({ use }) => use,
        bytesOf,
      ),
    }),
    byType: byName(byType, ({ type }) => type, bytesOf),
    byAge: byName(byAge, ({ age }) => age, bytesOf),
    ...(!isMachine && {
      directories: byName([...directoriesIn(tree)], naming, (node) => ({
        diskBytes: node.diskBytes,
        apparentBytes: node.apparentBytes,
        freeableBytes: node.freeableBytes,
        entries: node.entries,
      })),
      mounts: byName(mounts, naming, ({ type, counted: isCounted }) => ({ type, counted: isCounted })),
    }),
    ...(owners && {
      users: byName(owners.users, ({ uid }) => String(uid), bytesOf),
      packages: owners.packages && {
        owned: bytesOf(owners.packages.owned),
        generated: bytesOf(owners.packages.generated),
        unowned: bytesOf(owners.packages.unowned),
        unownedPlaces: byName(owners.packages.unownedPlaces, naming, bytesOf),
      },
    }),
  };
}

const bytesOf = ({ diskBytes }: Sums): number => diskBytes;

/** Those shown. Files are left out: which of equal ones are shown is nobody's promise. */
function* directoriesIn(node: TreeNode): Generator<TreeNode> {
  if (node.type !== 'directory') return;
  yield node;
  for (const child of node.children) yield* directoriesIn(child);
}

function filesystemValues(filesystem: Filesystem, naming: Naming, isMachine: boolean): Values {
  const { type, totalBytes, usedBytes, availableBytes, reservedBytes, inodesUsed, ledger } = filesystem;
  return {
    type,
    totalBytes,
    usedBytes,
    availableBytes,
    reservedBytes,
    // In memory directories for the program itself have inodes.
    ...(type !== 'tmpfs' && { inodesUsed }),
    scope: ledger.scope,
    accounts: byName(
      ledger.accounts,
      // From inside a container the processes outside are not seen, elsewhere all are.
      ({ account }) => (account === 'unseen' ? 'unexplained' : account),
      ({ account, bytes, detail }) => ({
        bytes: account === 'deleted-open' ? (bytes ?? 0) : bytes,
        parts: byName(
          // Those places of the program lie under mounts.
          isMachine ? detail.filter((part) => part.bytes !== 0) : detail,
          ({ path }) => (path === null ? 'no path' : naming({ path })),
          (part) => part.bytes,
        ),
      }),
    ),
  };
}

function findingValues(findings: readonly Finding[], naming: Naming): Values {
  const named = findings.map(({ paths, pathsBase64, ...finding }) => {
    const names = paths.map((path, index) =>
      naming(pathsBase64 ? { path, pathBase64: pathsBase64[index] } : { path }),
    );
    // Equal ones come in the order in which they were read; where the list ends, so does it with one of them.
    const isCut = finding.rule === 'recent-growth' && names.length >= MOST_PLACES;
    return { ...finding, paths: isCut ? [`${names.length} places`] : names.toSorted() };
  });
  return byName(
    named,
    ({ rule, paths }) => `${rule} ${paths[0] ?? ''}`,
    ({ rule, diskBytes, claimedBytes, freeableBytes, paths, risk, urgent }) => ({
      rule,
      diskBytes,
      claimedBytes,
      freeableBytes,
      paths,
      risk,
      urgent,
    }),
  );
}
