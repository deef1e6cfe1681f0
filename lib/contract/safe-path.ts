import { z } from 'zod';

/** With spaces before the extension as well: Windows takes them away. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
const FORBIDDEN = /[<>:"|?*\\\p{Cc}]/u;
const LONGEST_PATH = 500;
const LONGEST_PART = 200;

/**
 * Why a path from outside must not be used under a folder of ours, on any system; null if it may. It is relative,
 * has `/` between its parts, and climbs nowhere: no `..`, drive, share, device name, or trailing dot.
 */
export function unsafePathReason(path: string): string | null {
  if (path.length > LONGEST_PATH) return `must be at most ${LONGEST_PATH} characters`;
  if (!path.isWellFormed()) return 'must not contain half of a surrogate pair';
  if (path.startsWith('/')) return 'must be relative';
  if (FORBIDDEN.test(path)) return 'must not contain \\ < > : " | ? * or control characters';
  for (const part of path.split('/')) {
    if (part === '') continue;
    if (part.length > LONGEST_PART) return `each part must be at most ${LONGEST_PART} characters`;
    if (part === '.' || part === '..') return "must not contain '.' or '..'";
    if (/[. ]$/.test(part)) return 'no part may end in a dot or a space';
    if (DEVICE_NAME.test(part)) return `'${part}' is the name of a device on Windows`;
  }
  return null;
}

/** A relative path that is safe under a folder of ours. */
export const safePathSchema = z.string().superRefine((path, context) => {
  const reason = unsafePathReason(path);
  if (reason !== null) context.addIssue({ code: 'custom', message: reason });
});
