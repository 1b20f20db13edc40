// The encoder that the settings name: the built-in one, a service, or none.
import { createEncoder, type Encoder } from "./matching/encoder.js";
import { createServiceEncoder, type EncoderService } from "./matching/encoder-service.js";

export type EncoderSetting = "off" | "built-in" | EncoderService;

/** Undefined where it is off. Rejects with `EncoderServiceError` where a service cannot be used. */
export async function openConfiguredEncoder(setting: EncoderSetting): Promise<Encoder | undefined> {
  if (setting === "off") return undefined;
  return setting === "built-in" ? createEncoder() : createServiceEncoder(setting);
}
