import { CsvError, type Options, parse } from 'csv-parse/sync';

/** What parts the cells of a row, in the order in which a tie is decided. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** So many rows show what the delimiter is. */
const SAMPLE_ROWS = 50;

/** Excel writes and reads this line before the first row. */
const DELIMITER_LINE = /^sep=(.)(?:\r\n|\r|\n|$)/i;

const OPTIONS = {
  relax_column_count: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  skip_empty_lines: false,
  trim: false,
} as const satisfies Options;

/** The cells of a CSV file, row by row; empty rows are rows as well, as a spreadsheet counts them. */
interface CsvText {
  records: string[][];
  delimiter: string;
}

/** A text is no CSV. The message is a reason that begins with the row, to be put after the file's name. */
export class CsvFault extends Error {
  override name = 'CsvFault';
}

/** Reads CSV as RFC 4180 writes it. Without a delimiter, it is found out. Throws `CsvFault`. */
export function parseCsv(text: string, wanted: string | undefined): CsvText {
  const announced = DELIMITER_LINE.exec(text);
  const body = announced === null ? text : text.slice(announced[0].length);
  const delimiter = wanted ?? announced?.[1] ?? findDelimiter(body);
  try {
    return { records: parse(body, { ...OPTIONS, delimiter }), delimiter };
  } catch (error) {
    if (error instanceof CsvError) throw new CsvFault(reasonOf(error), { cause: error });
    throw error;
  }
}

/** The delimiter by which most of the first rows have as many cells as the first one, and that more than one. */
function findDelimiter(text: string): string {
  let best: { delimiter: string; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const { width, share } = shapeOf(text, delimiter);
    if (width < 2) continue;
    if (share > best.share || (share === best.share && width > best.width)) best = { delimiter, share, width };
  }
  return best.delimiter;
}

function shapeOf(text: string, delimiter: string): { width: number; share: number } {
  let records: string[][];
  try {
    records = parse(text, { ...OPTIONS, delimiter, to: SAMPLE_ROWS });
  } catch {
    // By another delimiter a quote may stand where none can; the file itself is read again by the one that is chosen.
    return { width: 0, share: 0 };
  }
  const filled = records.filter((cells) => cells.some((cell) => cell.trim() !== ''));
  const width = filled[0]?.length ?? 0;
  return { width, share: filled.filter((cells) => cells.length === width).length / Math.max(1, filled.length) };
}

function reasonOf(error: CsvError): string {
  const row = typeof error.records === 'number' ? error.records + 1 : null;
  const place = row === null ? '' : `row ${row}: `;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${place}a cell begins with a quote that has no end; write a quote within a cell twice ("")`;
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `${place}a quote stands within a cell; put the whole cell into quotes, and write the one within it twice ("")`;
    default:
      return `${place}${error.message}`;
  }
}
