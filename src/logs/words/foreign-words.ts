/**
 * Words of failure in the languages whose translations are most met in logs: what strerror(3) says there, and what
 * programs say of their own. Letters of any script stand beside them, so `\b` does not do.
 */

const words = (alternatives: readonly string[]): string =>
  String.raw`(?<!\p{L})(?:${alternatives.join('|')})(?!\p{L})`;

/** Scripts without spaces between words. */
const signs = (alternatives: readonly string[]): string => alternatives.join('|');

/** Something did not work. */
export const foreignFailure = new RegExp(
  [
    words([
      'fehler',
      'fehlgeschlagen',
      'gescheitert',
      'abgelehnt',
      'verweigert',
      'abgebrochen',
      'nicht (?:gefunden|erreichbar|möglich|verfügbar)',
      'unerreichbar',
      '(?:kann|konnten?) nicht',
      'zeitüberschreitung',
      'keine berechtigung',
      'kein speicherplatz',
    ]),
    words([
      'erreur',
      'échec',
      'échoué',
      'refusée?',
      'impossible',
      'introuvable',
      'délai dépassé',
      "plus d'espace",
      'aucun fichier',
    ]),
    words([
      'fall[oó]',
      'fallid[oa]',
      'rechazad[oa]',
      'rehusad[oa]',
      'denegad[oa]',
      'no se (?:pudo|puede)',
      'imposible',
      'no queda espacio',
    ]),
    words(['erro', 'falha', 'falhou', 'recusad[oa]', 'negad[oa]', 'não foi possível', 'não encontrad[oa]']),
    words(['errore', 'fallit[oa]', 'rifiutat[oa]', 'negato', 'impossibile', 'non trovat[oa]']),
    words(['ошибк[аи]', 'не удалось', 'отказано', 'невозможно', 'сбой', 'не найден[ао]?', 'недоступ\\p{L}*']),
    signs(['失败', '失敗', '错误', '錯誤', '拒绝', '拒絕', '无法', '無法', '超时', '超時', '异常', '找不到']),
    signs(['エラー', '拒否', 'できません', 'タイムアウト', '見つかりません', '실패', '오류', '거부']),
  ].join('|'),
  'iu',
);

/** It speaks of trying again. */
export const foreignRetry = new RegExp(
  [
    words(['(?:er)?neuter? versuch', 'neuer versuch', 'versuche es erneut', 'wird wiederholt']),
    words(['nouvelle tentative', 'réessa\\p{L}*', 'reintent\\p{L}*', 'tentando novamente', 'повтор\\p{L}*']),
    signs(['重试', '重試', '重连', '重連', '重新连接', '再試行', '再接続', 'リトライ', '재시도', '재연결']),
  ].join('|'),
  'iu',
);

/** "No errors" and its like: what speaks of failure only to deny it. */
export const foreignDenial = new RegExp(
  [
    words([
      '(?:keine?|ohne|0) fehler',
      '(?:aucune|sans|0) erreurs?',
      '(?:sin|ning[uú]n|0) errore?s?',
      'без ошибок',
    ]),
    signs(['无异常', '没有异常', '无错误', '没有错误', '0 ?个错误', 'エラーなし', 'エラーはありません']),
  ].join('|'),
  'giu',
);

/** The translations of strerror(3) that name a cause. */
export const foreignErrno = new RegExp(
  [
    words([
      'verbindungsaufbau abgelehnt',
      'keine berechtigung',
      'kein speicherplatz',
      'datei oder verzeichnis nicht gefunden',
      'adresse wird bereits verwendet',
      'connexion refusée',
      'permission non accordée',
      'aucun fichier ou dossier',
      "plus d'espace",
      'conexión (?:rehusada|rechazada)',
      'permiso denegado',
      'no existe el (?:archivo|fichero)',
      'no queda espacio',
      'conexão recusada',
      'permissão negada',
      'connessione rifiutata',
      'permesso negato',
      'отказано в (?:соединении|доступе)',
      'в соединении отказано',
      'нет такого файла',
    ]),
    signs([
      '连接被拒绝',
      '拒绝连接',
      '权限不够',
      '没有那个文件或目录',
      '设备上没有空间',
      '接続を拒否されました',
    ]),
  ].join('|'),
  'iu',
);
