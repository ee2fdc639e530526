/** What the screens of the desk do beyond what the server sends. */

import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startFolds } from "./folds.js";
import { startFiling } from "./filing.js";
import { startKeys } from "./keys.js";
import { startProgress } from "./progress.js";
import { startRecognition } from "./recognition.js";

startDialogs();
startFiling();
startFolds();
startKeys();
startProgress();
startRecognition();
startCounts();

const refused = document.querySelector("[data-focus]");
if (refused) refused.focus();
