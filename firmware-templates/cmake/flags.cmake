# The flags of every compile, as the host app sets them: HILBENCH_FLAGS (core, optimisation; one
# string) and HILBENCH_CXX_FLAGS (what only C++ takes); and what keeps archives free of local paths, so that equal inputs give equal bytes.
if(NOT DEFINED HILBENCH_FLAGS)
  message(FATAL_ERROR "HILBENCH_FLAGS is not set: core and optimisation flags, such as "
                      "'-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard -O2'")
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

# The runtime: headers of a library that the user built (HILBENCH_TFLM_INCLUDES), else the sources in HILBENCH_TFLM.
set(TFLM_LITE ${HILBENCH_TFLM}/tensorflow/lite)
set(TFLM_DOWNLOADS ${TFLM_LITE}/micro/tools/make/downloads)
if(HILBENCH_TFLM_INCLUDES)
  set(TFLM_INCLUDES ${HILBENCH_TFLM_INCLUDES})
else()
  set(TFLM_INCLUDES ${HILBENCH_TFLM} ${TFLM_DOWNLOADS}/flatbuffers/include
                    ${TFLM_DOWNLOADS}/gemmlowp ${TFLM_DOWNLOADS}/ruy)
endif()

# Whether one of the include folders has a header.
function(hilbench_has_header found header)
  set(${found} FALSE PARENT_SCOPE)
  foreach(folder ${TFLM_INCLUDES})
    if(EXISTS "${folder}/${header}")
      set(${found} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# Its API: the folder of that name in engine/ and kernels/ is compiled.
hilbench_has_header(has_interpreter tensorflow/lite/micro/micro_interpreter.h)
hilbench_has_header(has_registration tensorflow/lite/micro/micro_common.h)
if(NOT has_interpreter)
  message(FATAL_ERROR "'${TFLM_INCLUDES}' holds no TensorFlow Lite Micro; run scripts/fetch-tflm")
elseif(has_registration)
  set(HILBENCH_TFLM_API current)
else()
  set(HILBENCH_TFLM_API tfmicro2020)
endif()

# Parses these headers once for all C++ files of a library: most of a file's compile time goes to TensorFlow Lite's.
function(hilbench_precompile library)
  foreach(header ${ARGN})
    target_precompile_headers(${library} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:<${header}$<ANGLE-R>>")
  endforeach()
endfunction()
