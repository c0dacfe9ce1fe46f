/** Rules of other programs that will stop the growth of a file, or cut it back, before the disk is full. */

export type GrowthCap =
  /** journald keeps at most, or leaves free at least, so much (journald.conf(5)). */
  | {
      readonly by: 'journald';
      readonly limit: 'keeps' | 'leaves-free';
      readonly bytes: number;
      /** "SystemMaxUse" */
      readonly setting: string;
      readonly isDefault: boolean;
    }
  /** So many files of this size for each container. */
  | { readonly by: 'docker' | 'kubelet'; readonly files: number; readonly fileBytes: number }
  | {
      readonly by: 'logrotate';
      /** "daily"; undefined where only the size counts. */
      readonly schedule: string | undefined;
      readonly fromBytes: number | undefined;
      /** Copies kept. */
      readonly copies: number;
      /** Undefined where nothing on this machine starts logrotate. */
      readonly next: { readonly inSeconds: number; readonly startedBy: string } | undefined;
    };
