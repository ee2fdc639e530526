/* Where each page lies in the column: arithmetic only, no element is touched. */

/** CSS pixels in a point (1/72 inch), the unit of page sizes. */
export const PIXELS_PER_POINT = 96 / 72;

/** DIN A4 in points, for a page whose size is not known yet. */
export const A4 = [595, 842];

export const WIDTH = "width";
export const HEIGHT = "height";
export const WHOLE = "page";
export const FITS = [WIDTH, HEIGHT, WHOLE];
export const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** Take the pages out of runs of the same size: [width, height, how many]. */
export function unrolled(runs, count) {
  const sizes = runs.flatMap(([width, height, many]) => Array(many).fill([width, height]));
  return Array.from({ length: count }, (_, index) => sizes[index] ?? A4);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Where a box, [left, top, right, bottom], lies on a page turned clockwise by degrees. */
export function turnedBox([left, top, right, bottom], degrees) {
  if (degrees === 90) return [1 - bottom, left, 1 - top, right];
  if (degrees === 180) return [1 - right, 1 - bottom, 1 - left, 1 - top];
  if (degrees === 270) return [top, 1 - right, bottom, 1 - left];
  return [left, top, right, bottom];
}

/** Where the boxes of the pages lie, in CSS pixels from the top of the column. */
export class Layout {
  /**
   * `sizes`: [width, height] in points of each page, page 1 first; `rotations`:
   * {page: degrees clockwise by which it must be turned to be read}, of known pages.
   */
  constructor(sizes, gap, rotations = new Map()) {
    this.sizes = sizes;
    this.gap = gap;
    this.rotations = rotations;
    this.turn = 0;
    this.turns = new Map();
    this.abreast = 1;
    this.boxes = [];
    this.tops = [];
    this.width = 0;
    this.height = 0;
  }

  get count() {
    return this.sizes.length;
  }

  /**
   * How far a page is turned for viewing: 0, 90, 180 or 270 degrees clockwise.
   *
   * That is upright, and by what the reader has turned it on top.
   */
  turned(page, rotation = this.rotations.get(page) ?? 0) {
    return (rotation + this.turn + (this.turns.get(page) ?? 0)) % 360;
  }

  /** Turn all pages by a quarter, clockwise. */
  turnAll() {
    this.turn = (this.turn + 90) % 360;
  }

  turnPage(page) {
    this.turns.set(page, ((this.turns.get(page) ?? 0) + 90) % 360);
  }

  /** Size in points of a page as it lies before the reader. */
  size(page) {
    const [width, height] = this.sizes[page - 1];
    return this.turned(page) % 180 ? [height, width] : [width, height];
  }

  /**
   * Lay the pages out below each other, `abreast` in a row.
   *
   * `zoom` is WIDTH, HEIGHT, WHOLE or a factor (1 is the size of the paper). WIDTH
   * fits the usual page, so that a receipt does not grow to the width of a letter.
   */
  arrange(zoom, room, abreast = 1) {
    const wide = (room.width - (abreast - 1) * this.gap) / abreast;
    const usual = zoom === WIDTH ? wide / this.usualWidth() : 0;
    const scale = ([width, height]) => {
      if (zoom === WIDTH) return Math.min(usual, wide / width);
      if (zoom === HEIGHT) return room.height / height;
      if (zoom === WHOLE) return Math.min(wide / width, room.height / height);
      return zoom * PIXELS_PER_POINT;
    };
    this.place((page) => {
      const size = this.size(page);
      const factor = scale(size);
      return size.map((side) => Math.max(1, Math.round(side * factor)));
    }, abreast);
  }

  /** Pages not read yet are taken to lie as most of the read ones of their shape do. */
  usualWidth() {
    const shape = (page) => Number(this.sizes[page - 1][0] > this.sizes[page - 1][1]);
    const sideways = [0, 0];
    for (const [page, rotation] of this.rotations) {
      sideways[shape(page)] += rotation % 180 ? 1 : -1;
    }
    const widths = this.sizes.map((size, index) => {
      const guess = sideways[shape(index + 1)] > 0 ? 90 : 0;
      const lies = this.rotations.get(index + 1) ?? guess;
      return size[(lies + this.turn) % 180 ? 1 : 0];
    });
    return median(widths);
  }

  /** Lay the pages out with the box ([width, height]) that `boxOf` gives each. */
  place(boxOf, abreast = 1) {
    this.abreast = abreast;
    this.boxes = this.sizes.map((_, index) => boxOf(index + 1));
    this.tops = [];
    let top = this.gap;
    let widest = 0;
    for (let index = 0; index < this.count; index += abreast) {
      const row = this.boxes.slice(index, index + abreast);
      this.tops.push(top);
      widest = Math.max(widest, ...row.map((box) => box[0]));
      top += Math.max(...row.map((box) => box[1])) + this.gap;
    }
    this.width = widest * abreast + this.gap * (abreast - 1);
    this.height = top;
  }

  /** Number of the row, from 0, that a page lies in. */
  row(page) {
    return Math.floor((page - 1) / this.abreast);
  }

  top(page) {
    return this.tops[this.row(page)];
  }

  box(page) {
    return this.boxes[page - 1];
  }

  /** Left edge of a page in a column that is so wide; two pages meet in its middle. */
  left(page, wide) {
    const [width] = this.box(page);
    if (this.abreast === 1) return Math.round((wide - width) / 2);
    const middle = Math.round(wide / 2);
    const half = Math.round(this.gap / 2);
    return page % 2 ? middle - half - width : middle + half;
  }

  /** The factor at which a page lies there now; 1 is the size of the paper. */
  factor(page) {
    return this.box(page)[0] / (this.size(page)[0] * PIXELS_PER_POINT);
  }

  /** The row that `y` lies in, or in the gap above which it lies. */
  rowAt(y) {
    let low = 0;
    let high = this.tops.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] - this.gap <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The page at a point of a column that is so wide, or the nearest to it. */
  pageAt(x, y, wide) {
    const first = this.rowAt(y) * this.abreast + 1;
    const isRight = this.abreast > 1 && x > wide / 2;
    return Math.min(first + (isRight ? 1 : 0), this.count);
  }

  /** First and last page that touch the strip from `y` to `y + height`. */
  between(y, height) {
    const first = this.rowAt(y);
    let last = first;
    while (last + 1 < this.tops.length && this.tops[last + 1] < y + height) last += 1;
    return [
      first * this.abreast + 1,
      Math.min((last + 1) * this.abreast, this.count),
    ];
  }

  /** The page that a reader sees there: the first whole one, or the largest part. */
  seen(y, height) {
    const [first, last] = this.between(y, height);
    let best = first;
    let most = -1;
    for (let page = first; page <= last; page += this.abreast) {
      const start = this.top(page);
      const end = start + this.box(page)[1];
      if (start >= y && end <= y + height) return page;
      const part = Math.min(end, y + height) - Math.max(start, y);
      if (part > most) [best, most] = [page, part];
    }
    return best;
  }
}
