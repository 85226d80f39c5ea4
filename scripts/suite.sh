# shellcheck shell=bash
# Runs every test project that was built, and sums what the runners say.

# run_suite FOLDER [FILTER...]: adds to passed, failed, skipped, attacks (tests in an Attacks namespace that passed) and
# breaches (that did not). The runners' reports go to the folder.
run_suite() {
    local folder=$1 project name status
    shift
    for project in tests/*.Tests; do
        name=$(basename "$project")
        if [[ $name == Verso.EndToEnd.Tests ]] && ! has_node; then
            skipped=$((skipped + 1)) # ./test has said why
            continue
        fi
        status=0
        rm -f "$folder/$name.xml"
        dotnet exec "artifacts/bin/$name/release/$name.dll" "$@" --no-progress --results-directory "$folder" \
            --report-xunit --report-xunit-filename "$name.xml" 2>&1 | tee "$folder/$name.log" || status=$?
        passed=$((passed + $(counted succeeded)))
        failed=$((failed + $(counted failed)))
        skipped=$((skipped + $(counted skipped)))
        # A runner that ended badly without a failed test (it crashed, or ran none) counts as one.
        ((status == 0 || $(counted failed) > 0)) || failed=$((failed + 1))
        attacks=$((attacks + $(attacks_that Pass)))
        breaches=$((breaches + $(attacks_that Fail)))
    done
}

# run_client_suite FOLDER: the client's unit tests, added to the same sums.
run_client_suite() {
    local report=$PWD/$1/client.json status=0
    rm -f "$report"
    (cd client && npx vitest run --reporter=default --reporter=json --outputFile.json="$report") || status=$?
    passed=$((passed + $(client_tests numPassedTests)))
    failed=$((failed + $(client_tests numFailedTests)))
    ((status == 0 || $(client_tests numFailedTests) > 0)) || failed=$((failed + 1))
}

client_tests() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$report" 2>/dev/null | grep . || echo 0; }

# print_sums: how the attacks came out, then "N passed, N failed" as the last line; fails when a test did, or none ran.
print_sums() {
    local summary
    ((passed > 0)) || failed=$((failed + 1))
    summary="$passed passed, $failed failed"
    ((skipped == 0)) || summary+=", $skipped skipped"
    if ((attacks + breaches == 0)); then
        : # none was tried
    elif ((breaches == 0)); then
        echo "$attacks attacks on the sandbox and on builds, none worked"
    else
        echo "$((attacks + breaches)) attacks on the sandbox and on builds, $breaches worked or could not be tried"
    fi
    echo "$summary"
    ((failed == 0))
}

counted() { sed -n "s/^ *$1: *//p" "$folder/$name.log" | tail -1 | grep . || echo 0; }

attacks_that() {
    [[ -f $folder/$name.xml ]] || { echo 0 && return; }
    grep --only-matching "<test [^>]*result=\"$1\"[^>]*type=\"[^\"]*\.Attacks\.[^\"]*\"" "$folder/$name.xml" | wc -l || true
}
