/* Where each page lies in the column: arithmetic only, no element is touched. */

/** CSS pixels in a point (1/72 inch), the unit of page sizes. */
export const PIXELS_PER_POINT = 96 / 72;

/** DIN A4 in points, for a page whose size is not known yet. */
export const A4 = [595, 842];

export const WIDTH = "width";
export const WHOLE = "page";
export const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Where the boxes of the pages lie, in CSS pixels from the top of the column. */
export class Layout {
  /** `sizes`: [width, height] in points of each page, page 1 first. */
  constructor(sizes, gap) {
    this.sizes = sizes;
    this.gap = gap;
    this.turns = new Map();
    this.tops = [];
    this.boxes = [];
    this.width = 0;
    this.height = 0;
  }

  get count() {
    return this.sizes.length;
  }

  /** How far the reader has turned a page: 0, 90, 180 or 270 degrees clockwise. */
  turned(page) {
    return this.turns.get(page) ?? 0;
  }

  turn(page) {
    this.turns.set(page, (this.turned(page) + 90) % 360);
  }

  /** Size in points of a page as it lies before the reader. */
  size(page) {
    const [width, height] = this.sizes[page - 1];
    return this.turned(page) % 180 ? [height, width] : [width, height];
  }

  /**
   * Lay the pages out below each other.
   *
   * `zoom` is WIDTH, WHOLE or a factor (1 is the size of the paper). WIDTH fits
   * the usual page, so that a receipt does not grow to the width of a letter.
   */
  arrange(zoom, room) {
    const usual = zoom === WIDTH ? room.width / median(this.sizes.map((s) => s[0])) : 0;
    const scale = ([width, height]) => {
      if (zoom === WIDTH) return Math.min(usual, room.width / width);
      if (zoom === WHOLE) return Math.min(room.width / width, room.height / height);
      return zoom * PIXELS_PER_POINT;
    };
    this.place((page) => {
      const size = this.size(page);
      const factor = scale(size);
      return size.map((side) => Math.max(1, Math.round(side * factor)));
    });
  }

  /** Lay the pages out with the box ([width, height]) that `boxOf` gives each. */
  place(boxOf) {
    let top = this.gap;
    this.tops = [];
    this.boxes = [];
    this.width = 0;
    for (let page = 1; page <= this.count; page += 1) {
      const box = boxOf(page);
      this.tops.push(top);
      this.boxes.push(box);
      this.width = Math.max(this.width, box[0]);
      top += box[1] + this.gap;
    }
    this.height = top;
  }

  top(page) {
    return this.tops[page - 1];
  }

  box(page) {
    return this.boxes[page - 1];
  }

  /** The factor at which a page lies there now; 1 is the size of the paper. */
  factor(page) {
    return this.box(page)[0] / (this.size(page)[0] * PIXELS_PER_POINT);
  }

  /** The first page that reaches below `y`. */
  pageAt(y) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle] + this.boxes[middle][1] <= y) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  /** First and last page that touch the strip from `y` to `y + height`. */
  between(y, height) {
    const first = this.pageAt(y);
    let last = first;
    while (last < this.count && this.top(last + 1) < y + height) last += 1;
    return [first, last];
  }

  /** The page that a reader sees there: the first whole one, or the largest part. */
  seen(y, height) {
    const [first, last] = this.between(y, height);
    let best = first;
    let most = -1;
    for (let page = first; page <= last; page += 1) {
      const start = this.top(page);
      const end = start + this.box(page)[1];
      if (start >= y && end <= y + height) return page;
      const part = Math.min(end, y + height) - Math.max(start, y);
      if (part > most) [best, most] = [page, part];
    }
    return best;
  }
}
