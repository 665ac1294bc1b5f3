/* The steps as an extension of Python: what Numba writes by itself, by hand. Py_BEGIN_ALLOW_THREADS lets go of the GIL. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

static long clamp(long value, long last) { return value < 0 ? 0 : value > last ? last : value; }

static PyObject *tone(PyObject *module, PyObject *arguments) {
    Py_buffer source, target, table;
    Py_ssize_t first, last;
    if (!PyArg_ParseTuple(arguments, "y*w*y*nn", &source, &target, &table, &first, &last)) return NULL;
    const uint8_t *from = source.buf, *entries = table.buf;
    uint8_t *to = target.buf;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t place = first; place < last; place++) to[place] = entries[from[place]];
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&source);
    PyBuffer_Release(&target);
    PyBuffer_Release(&table);
    Py_RETURN_NONE;
}

static PyObject *blur(PyObject *module, PyObject *arguments) {
    Py_buffer source, target, weights, sums;
    long height, width, first, last;
    if (!PyArg_ParseTuple(arguments, "y*w*y*w*(ll)ll", &source, &target, &weights, &sums, &height, &width, &first, &last))
        return NULL;
    const uint8_t *from = source.buf;
    const int64_t *weight = weights.buf;
    uint8_t *to = target.buf;
    int64_t *row = sums.buf, whole = 0;
    long taps = weights.len / 8, line = 3 * width;
    Py_BEGIN_ALLOW_THREADS
    for (long tap = 0; tap < taps; tap++) whole += weight[tap];
    whole *= whole;
    for (long y = first; y < last; y++) {
        for (long x = 0; x < line; x++) {
            int64_t total = 0;
            for (long tap = 0; tap < taps; tap++)
                total += weight[tap] * from[clamp(y + tap - taps / 2, height - 1) * line + x];
            row[x] = total;
        }
        for (long x = 0; x < width; x++)
            for (long channel = 0; channel < 3; channel++) {
                int64_t total = whole / 2;
                for (long tap = 0; tap < taps; tap++)
                    total += weight[tap] * row[clamp(x + tap - taps / 2, width - 1) * 3 + channel];
                to[y * line + x * 3 + channel] = (uint8_t)(total / whole);
            }
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&source);
    PyBuffer_Release(&target);
    PyBuffer_Release(&weights);
    PyBuffer_Release(&sums);
    Py_RETURN_NONE;
}

static int64_t recurse(int64_t number) { return number < 2 ? number : recurse(number - 1) + recurse(number - 2); }

static PyObject *fibonacci(PyObject *module, PyObject *argument) {
    long long number = PyLong_AsLongLong(argument), value;
    if (number == -1 && PyErr_Occurred()) return NULL;
    Py_BEGIN_ALLOW_THREADS
    value = recurse(number);
    Py_END_ALLOW_THREADS
    return PyLong_FromLongLong(value);
}

static PyMethodDef methods[] = {
    {"tone", tone, METH_VARARGS, NULL}, {"blur", blur, METH_VARARGS, NULL}, {"fibonacci", fibonacci, METH_O, NULL}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "safelight_lab_extension", NULL, 0, methods};

PyMODINIT_FUNC PyInit_safelight_lab_extension(void) { return PyModule_Create(&definition); }
