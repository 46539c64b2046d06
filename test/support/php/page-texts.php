<?php

declare(strict_types=1);

/** Texts of the page that is made: Magento and CS-Cart both name the function that finds them `__`. */
final class PageTexts
{
    public static ?Closure $translate = null;
}

function __(string $text): string
{
    return (PageTexts::$translate)($text);
}
