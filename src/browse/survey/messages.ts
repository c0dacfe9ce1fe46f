/** What the survey's thread is told to do, and what it tells: plain data between threads. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import type { SourceName } from '../../model/scan-result.ts';
import type { RecordedFile, SentTree } from '../desk/desk.ts';
import type { ExplainRequest } from '../../explain/explain.ts';

/** What may be sent to another thread. */
type SentRequest = Omit<ExplainRequest, 'runningPrograms'>;

export type SurveyOrder =
  | { readonly kind: 'explain'; readonly request: SentRequest; readonly live: SharedArrayBuffer }
  /** A tree that was written down. */
  | { readonly kind: 'file'; readonly path: ByteString }
  /** A snapshot to compare with, which has to hold `root`; undefined where that is said by a file too. */
  | { readonly kind: 'before'; readonly path: ByteString; readonly root: ByteString | undefined }
  /** Only sizes, of one directory. */
  | {
      readonly kind: 'scan';
      readonly path: ByteString;
      readonly source: 'auto' | SourceName;
      readonly threads: number | undefined;
      readonly exclude: readonly string[];
      readonly crossMounts: boolean;
    };

/** The snapshot that growth is measured from. */
export interface Since {
  /** Seconds since 1970; undefined where it does not say. */
  readonly takenAt: number | undefined;
  /** False where something could not be read then: what it held seems to have grown. */
  readonly complete: boolean;
}

/** What was found out about a tree, beside its figures. */
export interface Survey {
  /** Seconds since 1970. */
  readonly generatedAt: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  readonly freeable: ExplainReport['freeable'];
  readonly filesystem:
    | Pick<Filesystem, 'mountPoint' | 'totalBytes' | 'usedBytes' | 'availableBytes'>
    | undefined;
  /** Paths that could not be read. */
  readonly problems: number;
  readonly interrupted: boolean;
}

export type SurveyNews =
  | { readonly news: 'progress'; readonly entries: number; readonly diskBytes: number }
  /** The tree is whole; why it is so large is still being found out. */
  | { readonly news: 'scanned' }
  /** `survey` is undefined for a scan alone. */
  | {
      readonly news: 'done';
      readonly tree: SentTree;
      readonly survey: Survey | undefined;
      readonly recorded?: readonly RecordedFile[];
    }
  /** A snapshot was read. */
  | {
      readonly news: 'before';
      readonly tree: SentTree;
      readonly recorded: readonly RecordedFile[];
      readonly hasAllFiles: boolean;
      readonly since: Since;
    }
  /** What a person named cannot be used. */
  | { readonly news: 'refused'; readonly message: string; readonly path: ByteString | undefined }
  /** Nothing a user did. */
  | { readonly news: 'failed'; readonly stack: string };
