-- Dates as the front matter asks for them: today, last-modified, and Quarto's ways of writing them.

local common = require("common")

local M = {}

local function parsed(text)
  local year, month, day, rest = text:match("^(%d%d%d%d)%-(%d%d?)%-(%d%d?)(.*)$")
  if not year then
    month, day, year = text:match("^(%d%d?)/(%d%d?)/(%d%d%d%d)$")
    rest = ""
  end
  if not year then
    return nil
  end
  local hour, minute, second = rest:match("(%d%d):(%d%d):?(%d?%d?)")
  local time = { year = tonumber(year), month = tonumber(month), day = tonumber(day), hour = tonumber(hour) or 12,
    min = tonumber(minute) or 0, sec = tonumber(second) or 0 }
  if time.month < 1 or time.month > 12 or time.day < 1 or time.day > 31 then
    return nil
  end
  return os.date("*t", os.time(time)), hour ~= nil
end

local usual = { iso = "YYYY-MM-DD", full = "dddd, ", medium = "MMM D, YYYY" }

local function pattern(style, calendar)
  if style == "long" then
    return calendar.long
  elseif style == "short" then
    return calendar.short
  elseif style == "full" then
    return usual.full .. calendar.long
  elseif style == "medium" then
    return (calendar.long:gsub("MMMM", "MMM"))
  end
  return usual[style] or style
end

local function ordinal(day)
  local last = day % 10
  local is_teen = day % 100 >= 11 and day % 100 <= 13
  return day .. (not is_teen and ({ "st", "nd", "rd" })[last] or "th")
end

local function first(text, count)
  return text:sub(1, (utf8.offset(text, count + 1) or #text + 1) - 1)
end

-- Longest first, for each begins with the next.
local function fields(time, calendar)
  local hour = (time.hour + 11) % 12 + 1
  return {
    { "YYYY", ("%04d"):format(time.year) }, { "YY", ("%02d"):format(time.year % 100) },
    { "MMMM", calendar.months[time.month] }, { "MMM", first(calendar.months[time.month], 3) },
    { "MM", ("%02d"):format(time.month) }, { "M", tostring(time.month) },
    { "dddd", calendar.days[time.wday] }, { "ddd", first(calendar.days[time.wday], 3) },
    { "Do", ordinal(time.day) }, { "DD", ("%02d"):format(time.day) }, { "D", tostring(time.day) },
    { "HH", ("%02d"):format(time.hour) }, { "H", tostring(time.hour) },
    { "hh", ("%02d"):format(hour) }, { "h", tostring(hour) },
    { "mm", ("%02d"):format(time.min) }, { "m", tostring(time.min) },
    { "ss", ("%02d"):format(time.sec) }, { "s", tostring(time.sec) },
    { "A", time.hour < 12 and "AM" or "PM" }, { "a", time.hour < 12 and "am" or "pm" },
  }
end

-- What stands in brackets is left as it is.
local function written(time, style, calendar)
  local result, at, list = "", 1, fields(time, calendar)
  while at <= #style do
    local quoted = style:match("^%[([^%]]*)%]", at)
    local name, value = nil, nil
    if not quoted then
      for _, field in ipairs(list) do
        if style:sub(at, at + #field[1] - 1) == field[1] then
          name, value = field[1], field[2]
          break
        end
      end
    end
    result = result .. (quoted or value or style:sub(at, at))
    at = at + (quoted and #quoted + 2 or name and #name or 1)
  end
  return result
end

-- A date of the front matter as it is to be shown; what is no date stays as it is.
function M.shown(value)
  local text = pandoc.utils.stringify(value)
  if text == "today" or text == "now" then
    text = os.date("%Y-%m-%dT%H:%M:%S")
  elseif text == "last-modified" then
    text = common.text("verso-modified") or os.date("%Y-%m-%d")
  end
  local time = parsed(text)
  if not time then
    return value, nil
  end
  local calendar = require("languages").calendar(common.text("lang") or "en")
  local style = common.text("date-format") or "long"
  return pandoc.MetaInlines({ pandoc.Str(written(time, pattern(style, calendar), calendar)) }),
    ("%04d-%02d-%02d"):format(time.year, time.month, time.day)
end

return M
