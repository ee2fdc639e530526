/** Asking the server for a short answer. */

/**
 * Return the answer, or null when there is none: the connection is gone, or the
 * session has ended. Nothing on the screen depends on it.
 */
export async function ask(address) {
  try {
    const response = await fetch(address, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    const type = response.headers.get("Content-Type") || "";
    return response.ok && type.includes("json") ? await response.json() : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Call `act` every `seconds`, but not while nobody looks at the page. */
export function repeatedly(act, seconds) {
  const id = window.setInterval(() => {
    if (!document.hidden) act(() => window.clearInterval(id));
  }, seconds * 1000);
}
