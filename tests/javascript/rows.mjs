/** The rows of the table of cells, as messages carry them: pytest writes them beside the other fixtures. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.STAGE_FIXTURE;
export const skip = folder ? false : "run through pytest, which writes the table";

/** @type {Record<string, import("../../dashboard/static/shared/message.js").CellRow>} */
export const rows = folder ? JSON.parse(readFileSync(join(folder, "cells.json"), "utf8")) : {};
