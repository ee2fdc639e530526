/* Sending one file, with progress: fetch tells nothing of what was sent. */

/** Why a file was not taken in, as a name among the labels or as the server's words. */
export class Refused extends Error {
  constructor(label, values = {}, words = "") {
    super(words || label);
    this.label = label;
    this.values = values;
    this.words = words;
  }
}

/**
 * Send the file as the body of a POST and give the answer's JSON.
 *
 * @param progress called with bytes sent.
 * @throws {Refused}
 */
export function send(file, address, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    // The server judges by the content; of a form's media type it would take none.
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (answer && request.status >= 200 && request.status < 300) resolve(answer);
      else reject(reason(request.status, answer));
    });
    request.addEventListener("error", () => reject(new Refused("no_connection")));
    request.addEventListener("abort", () => reject(new Refused("no_connection")));
    request.send(file);
  });
}

function reason(status, answer) {
  if (status === 401) return new Refused("logged_out");
  if (answer?.reasons?.length) return new Refused("", {}, answer.reasons.join(" "));
  if (status === 403) return new Refused("not_allowed");
  if (status === 413) return new Refused("too_large");
  return new Refused("server_failed", { status });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the file can be read at all: a folder, or a file that is gone, cannot. */
export async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
