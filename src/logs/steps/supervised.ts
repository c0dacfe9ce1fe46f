/**
 * Of whom a supervisor's line tells that it ended or is started again: supervisord, systemd, pm2, Docker, podman and the
 * kubelet each name it in their own way.
 */

export type Supervised =
  | { readonly by: 'supervisord' | 'pm2' | 'systemd' | 'compose'; readonly name: string }
  /** @see https://docs.docker.com/engine/logging/drivers/json-file/ `id` is the whole one, 64 hexadecimal digits. */
  | { readonly by: 'docker' | 'podman'; readonly name: string; readonly id: string }
  /** `name` is the container's; the three others name its directory below /var/log/pods. */
  | {
      readonly by: 'kubelet';
      readonly name: string;
      readonly namespace: string;
      readonly pod: string;
      readonly uid: string;
    };

/** Names begin with a letter or digit and hold no slash: they become parts of paths and words of commands. */
const NAME = String.raw`[A-Za-z0-9][\w.-]*`;
const ID = '[0-9a-f]{64}';
const SHORT_ID = 12;

interface Form {
  readonly pattern: RegExp;
  readonly read: (groups: Readonly<Record<string, string>>) => Supervised;
}

const forms: readonly Form[] = [
  // exited: web (exit status 1; not expected)
  form(String.raw`\bexited: (?<name>[\w.:-]+) \(`, ({ name }) => ({ by: 'supervisord', name })),
  form(
    String.raw`(?<![\w@.\\:-])(?<name>[A-Za-z0-9_][\w@.\\:-]*\.service): (?:Main process exited|Failed with result|Scheduled restart job|Unit entered failed state|Service RestartSec|main process exited)`,
    ({ name }) => ({ by: 'systemd', name }),
  ),
  // Older systemd: web.service holdoff time over, scheduling restart.
  form(
    String.raw`(?<![\w@.\\:-])(?<name>[A-Za-z0-9_][\w@.\\:-]*\.service)(?: has no|:? (?:[Ss]ervice )?)\s?hold-?off time`,
    ({ name }) => ({ by: 'systemd', name }),
  ),
  form(String.raw`\bApp \[(?<name>${NAME})(?::\d+)?\] exited`, ({ name }) => ({ by: 'pm2', name })),
  // back-off 5m0s restarting failed container=web pod=web-0_default(UID)
  form(
    String.raw`\brestarting failed container=(?<name>${NAME}) pod=(?<pod>${NAME})_(?<namespace>${NAME})\((?<uid>[\w-]+)\)`,
    ({ name, namespace, pod, uid }) => ({ by: 'kubelet', name, namespace, pod, uid }),
  ),
  // dockerd: "ignoring event" container=ID … topic=/tasks/delete; containerd: "shim disconnected" id=ID
  form(String.raw`\bcontainer=(?<id>${ID})\b.*\btopic=/tasks/(?:delete|exit)\b`, docker),
  form(String.raw`\bshim disconnected"? id=(?<id>${ID})\b`, docker),
  form(String.raw`\bcontainer died (?<id>${ID}) \(.*\bname=(?<name>${NAME})`, ({ name, id }) => ({
    by: 'podman',
    name,
    id,
  })),
  form(String.raw`(?:^|[\s|])(?<name>${NAME}) exited with code \d+(?: \(restarting\))?\s*$`, ({ name }) => ({
    by: 'compose',
    name,
  })),
];

function form(pattern: string, read: Form['read']): Form {
  return { pattern: new RegExp(pattern, 'mu'), read };
}

function docker({ id }: Readonly<Record<string, string>>): Supervised {
  return { by: 'docker', name: id.slice(0, SHORT_ID), id };
}

/** Null where the line names nobody. @param line as it stands in the log. */
export function supervisedIn(line: string): Supervised | null {
  for (const { pattern, read } of forms) {
    const groups = pattern.exec(line)?.groups;
    if (groups !== undefined) return read(groups);
  }
  return null;
}
