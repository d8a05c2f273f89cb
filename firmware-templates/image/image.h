// What one image carries besides code. The host app renders it, for each candidate, into one small
// source file; it includes nothing heavy, so that it compiles in a tenth of a second. The table of operators is in the
// op_entry.h of the runtime's API (engine/tfmicro2020, engine/current).
#ifndef HILBENCH_IMAGE_H
#define HILBENCH_IMAGE_H

#include <cstddef>
#include <cstdint>

#include "image/board.h"

// Of the linker script: the memory that is left for the arena.
extern "C" {
extern uint8_t __arena_start[];
extern uint8_t __arena_end[];
}

namespace hilbench {

// What was seen of one node of the model when it was looked at op by op.
struct OpRecord {
  uint64_t ticks;
  uint32_t output_bytes;
  uint32_t output_crc;
  uint16_t builtin_code;
};

// A model with the bench's buffers for it. An image with a model linked in has one for good; a resident image has none
// until one is uploaded.
struct Subject {
  const uint8_t* model;
  uint32_t model_bytes;         // 0: there is none
  const uint8_t* model_sha256;  // 32 bytes
  uint8_t* input;
  uint32_t input_bytes;
  OpRecord* op_records;
  uint32_t node_count;
  uint8_t* arena_end;
};

struct ImageFacts {
  const char* build_id;
  const char* tflm_version;
  const char* kernels;
  const char* core;
  const char* target;
};

extern const ImageFacts kImage;

extern const uint8_t kModel[];
extern const Subject kSubject;

// Carries out a message of model upload: resident images alone have it, else it is null.
extern void (*const kUpload)();

}  // namespace hilbench

// Defines hilbench::kModel as the bytes of a file, at the alignment that the runtime's readers rely on.
#define HILBENCH_EMBED_MODEL(file)              \
  __asm__(                                      \
      ".pushsection .model, \"a\", %progbits\n" \
      ".balign 16\n"                            \
      ".global _ZN8hilbench6kModelE\n"          \
      "_ZN8hilbench6kModelE:\n"                 \
      ".incbin \"" file                         \
      "\"\n"                                    \
      ".popsection\n");

#endif
