/** What the screens of the desk do beyond what the server sends. */

import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startFolds } from "./folds.js";
import { startFiling } from "./filing.js";
import { startKeys } from "./keys.js";
import { startPrinted } from "./printed.js";
import { startProgress } from "./progress.js";
import { startRecognition } from "./recognition.js";
import { startRefusals } from "./refusals.js";
import { startSession } from "./session.js";

startRefusals();
startDialogs();
startFiling();
startFolds();
startKeys();
startPrinted();
startProgress();
startRecognition();
startCounts();
startSession();

// A refusal is read first. On a narrow screen the letter comes before its filing.
const isWide = window.matchMedia("(min-width: 992px)").matches;
const first = document.querySelector("[data-focus]") || (isWide && document.querySelector("[data-first]"));
if (first && !document.querySelector("dialog[open]")) first.focus({ preventScroll: true });
