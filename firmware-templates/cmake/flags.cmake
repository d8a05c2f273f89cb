# The flags of every compile, as the host app sets them: HILBENCH_FLAGS (core, optimisation; one
# string) and HILBENCH_CXX_FLAGS (what only C++ takes); and what keeps archives free of local paths, so that equal inputs give equal bytes.
if(NOT DEFINED HILBENCH_FLAGS)
  message(FATAL_ERROR "HILBENCH_FLAGS is not set: core and optimisation flags, such as "
                      "'-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard -O2'")
endif()
if(NOT EXISTS "${HILBENCH_TFLM}/tensorflow/lite/micro/micro_interpreter.h")
  message(FATAL_ERROR "HILBENCH_TFLM='${HILBENCH_TFLM}' holds no TensorFlow Lite Micro; "
                      "run scripts/fetch-tflm")
endif()
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_EXTENSIONS OFF)
separate_arguments(HILBENCH_OPTIONS UNIX_COMMAND "${HILBENCH_FLAGS}")
separate_arguments(HILBENCH_CXX_OPTIONS UNIX_COMMAND "${HILBENCH_CXX_FLAGS}")
add_compile_options(
  ${HILBENCH_OPTIONS}
  "$<$<COMPILE_LANGUAGE:CXX>:${HILBENCH_CXX_OPTIONS}>"
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=."
  "-ffile-prefix-map=${CMAKE_BINARY_DIR}=."
  "-ffile-prefix-map=${HILBENCH_TFLM}=tflm")

set(TFLM_LITE ${HILBENCH_TFLM}/tensorflow/lite)
set(TFLM_DOWNLOADS ${TFLM_LITE}/micro/tools/make/downloads)
set(TFLM_INCLUDES ${HILBENCH_TFLM} ${TFLM_DOWNLOADS}/flatbuffers/include
                  ${TFLM_DOWNLOADS}/gemmlowp ${TFLM_DOWNLOADS}/ruy)

# Parses these headers once for all C++ files of a library: most of a file's compile time goes to TensorFlow Lite's.
function(hilbench_precompile library)
  foreach(header ${ARGN})
    target_precompile_headers(${library} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:<${header}$<ANGLE-R>>")
  endforeach()
endfunction()
